#include "player/scene/layout.h"

#include <algorithm>
#include <map>
#include <utility>

namespace conglang::player {
namespace {

Rect inside(const Rect& box, const Insets& padding) {
  return {box.x + padding.left, box.y + padding.top, box.width - padding.left - padding.right,
          box.height - padding.top - padding.bottom};
}

// One pass over one tree. The first error of the text engine ends it.
class Layout {
 public:
  explicit Layout(TextEngine& text) : text_(text) {}

  Result<LaidOut> run(const Node& root, const Rect& room) {
    place(root, room);
    if (error_) return *error_;
    return std::move(out_);
  }

 private:
  // A paragraph is asked for by each group around it, so the answers are kept.
  const Paragraph& paragraph(const Words& words, int width) {
    const auto [known, is_new] = paragraphs_.try_emplace({&words, width});
    if (is_new) known->second = lay_out(words, width);
    return known->second;
  }

  Paragraph lay_out(const Words& words, int width) {
    const ParagraphOptions options{std::max(1, width), words.max_lines, words.even};
    auto laid_out = text_.lay_out(words.text, words.style, options);
    if (laid_out) return std::move(*laid_out);
    if (!error_) error_ = laid_out.error();
    return {};
  }

  // What the node needs when it is offered `width`.
  Size natural(const Node& node, int width) {
    const int across = node.padding.left + node.padding.right;
    const int along = node.padding.top + node.padding.bottom;
    if (node.width > 0) width = node.width;
    Size size = content_size(node, width - across);
    return {node.width > 0 ? node.width : size.width + across,
            node.height > 0 ? node.height : size.height + along};
  }

  Size content_size(const Node& node, int width) {
    if (const auto* words = std::get_if<Words>(&node.content)) {
      const Paragraph& made = paragraph(*words, width);
      return {made.width, made.height};
    }
    if (const auto* picture = std::get_if<Picture>(&node.content)) {
      return picture->frame && !picture->cover ? display_size(*picture->frame) : Size{};
    }
    if (const auto* group = std::get_if<Group>(&node.content)) return group_size(*group, width);
    return {};
  }

  Size group_size(const Group& group, int width) {
    Size size;
    const int gaps = group.gap * std::max(0, static_cast<int>(group.children.size()) - 1);
    if (group.direction == Direction::column) {
      for (const Node& child : group.children) {
        const Size needed = natural(child, width);
        size.width = std::max(size.width, needed.width);
        size.height += needed.height;
      }
      size.height += gaps;
      return size;
    }
    const std::vector<int> widths = row_widths(group, width);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      size.width += widths[i];
      size.height = std::max(size.height, natural(group.children[i], widths[i]).height);
    }
    size.width += gaps;
    if (group.align == Align::baseline) size.height += deepest_baseline(group);
    return size;
  }

  std::vector<int> row_widths(const Group& group, int width) {
    int left = width - group.gap * std::max(0, static_cast<int>(group.children.size()) - 1);
    int shares = 0;
    std::vector<int> widths;
    for (const Node& child : group.children) {
      shares += child.grow;
      widths.push_back(child.grow > 0 ? 0 : natural(child, left).width);
      left -= widths.back();
    }
    if (left < 0) out_.overflows = true;
    share_out(group, std::max(0, left), shares, widths);
    return widths;
  }

  static void share_out(const Group& group, int left, int shares, std::vector<int>& lengths) {
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      const int grow = group.children[i].grow;
      if (grow == 0) continue;
      const int share = left * grow / shares;
      lengths[i] += share;
      left -= share;
      shares -= grow;
    }
  }

  // How far below the node's top its first line stands.
  static int first_baseline(const Node& node) {
    if (const auto* words = std::get_if<Words>(&node.content)) {
      return node.padding.top + baseline_offset(words->style);
    }
    const auto* group = std::get_if<Group>(&node.content);
    if (group == nullptr || group->children.empty()) return node.padding.top;
    return node.padding.top + first_baseline(group->children.front());
  }

  // By how much the child that stands lowest must move up: room that a row needs more.
  static int deepest_baseline(const Group& group) {
    int highest = 0, lowest = group.children.empty() ? 0 : first_baseline(group.children[0]);
    for (const Node& child : group.children) {
      highest = std::max(highest, first_baseline(child));
      lowest = std::min(lowest, first_baseline(child));
    }
    return highest - lowest;
  }

  void place(const Node& node, const Rect& box) {
    if (error_) return;
    if (node.fill) out_.commands.push_back(DrawFill{box, *node.fill});
    const Rect room = inside(box, node.padding);
    if (const auto* words = std::get_if<Words>(&node.content)) place_words(*words, room);
    if (const auto* picture = std::get_if<Picture>(&node.content))
      place_picture(*picture, room);
    if (const auto* fills = std::get_if<Fills>(&node.content)) place_fills(*fills, room);
    if (const auto* group = std::get_if<Group>(&node.content)) {
      group->direction == Direction::row ? place_row(*group, room) : place_column(*group, room);
    }
  }

  void place_words(const Words& words, const Rect& room) {
    const Paragraph& made = paragraph(words, room.width);
    if (made.cut) out_.cut.push_back(words.where);
    if (made.height > room.height || made.width > room.width) out_.overflows = true;
    for (const std::string& letter : made.missing) {
      out_.missing.push_back({words.where, letter});
    }
    int baseline = room.y + baseline_offset(words.style);
    for (const TextLine& line : made.lines) {
      const int slack = room.width - line.width;
      const int x = room.x + (words.align == Align::center ? slack / 2
                              : words.align == Align::end  ? slack
                                                           : 0);
      const Rect where{x + line.ink.x, baseline + line.ink.y, line.ink.width, line.ink.height};
      if (line.picture) {
        out_.commands.push_back(DrawPicture{line.picture, where, {}, 1});
        out_.words = union_of(out_.words, where);
      }
      baseline += line_height(words.style);
    }
  }

  void place_picture(const Picture& picture, const Rect& room) {
    if (!picture.frame || room.empty()) return;
    const Size size = display_size(*picture.frame);
    const Rect where = picture.cover ? fit_over(size, room) : fit_inside(size, room);
    out_.commands.push_back(
        DrawPicture{picture.frame, where, picture.cover ? room : Rect{}, 1});
  }

  void place_fills(const Fills& fills, const Rect& room) {
    for (DrawFill fill : fills.fills) {
      fill.where.x += room.x;
      fill.where.y += room.y;
      out_.commands.push_back(fill);
    }
  }

  void place_column(const Group& group, const Rect& room) {
    std::vector<int> heights;
    int shares = 0, left = room.height;
    for (const Node& child : group.children) {
      heights.push_back(natural(child, room.width).height);
      shares += child.grow;
      left -= heights.back();
    }
    left -= group.gap * std::max(0, static_cast<int>(group.children.size()) - 1);
    if (left < 0) out_.overflows = true;
    share_out(group, std::max(0, left), shares, heights);
    int y = room.y;
    for (std::size_t i = 0; i < heights.size(); ++i) {
      const Node& child = group.children[i];
      Rect box{room.x, y, room.width, heights[i]};
      const bool stretches = group.align == Align::stretch && child.width == 0;
      if (!stretches) {
        box.width = std::min(room.width, natural(child, room.width).width);
        box.x += offset(group.align, room.width - box.width);
      }
      place(child, box);
      y += heights[i] + group.gap;
    }
  }

  void place_row(const Group& group, const Rect& room) {
    const std::vector<int> widths = row_widths(group, room.width);
    int deepest = 0;
    for (const Node& child : group.children) deepest = std::max(deepest, first_baseline(child));
    int x = room.x;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const Node& child = group.children[i];
      Rect box{x, room.y, widths[i], room.height};
      if (group.align == Align::baseline) box.y += deepest - first_baseline(child);
      if (group.align != Align::stretch || child.height > 0) {
        box.height = natural(child, widths[i]).height;
      }
      if (group.align != Align::baseline)
        box.y += offset(group.align, room.height - box.height);
      place(child, box);
      x += widths[i] + group.gap;
    }
  }

  static int offset(Align align, int slack) {
    return align == Align::center ? slack / 2 : align == Align::end ? slack : 0;
  }

  TextEngine& text_;
  LaidOut out_;
  std::map<std::pair<const Words*, int>, Paragraph> paragraphs_;  // by width
  std::optional<Error> error_;
};

}  // namespace

Result<LaidOut> lay_out_scene(const Node& root, const Rect& room, TextEngine& text) {
  return Layout{text}.run(root, room);
}

}  // namespace conglang::player
