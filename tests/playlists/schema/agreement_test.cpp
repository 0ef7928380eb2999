#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "playlists/publication/publication_document.h"
#include "tests/playlists/schema/mutations.h"

namespace conglang {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = CONGLANG_SOURCE_DIR;
const fs::path kCorpus = kRoot / "tests/playlists/schema/corpus";

// What the reader alone can see; the description of the schema lists the same names.
const std::set<std::string> kReaderAlone{
    "unique-id",   "dangling-reference", "main-region", "evergreen-item",
    "asset-use",   "nothing-to-play",    "link-domain", "one-form",
    "text-length", "validity",           "real-date",   "text-form"};

std::string bytes_of(const fs::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

class SchemaVerdict {
 public:
  SchemaVerdict() {
    text_ = nlohmann::json::parse(bytes_of(kRoot / "playlists/schema/publication.schema.json"));
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(text_), schema_);
  }

  bool accepts(const std::string& document) {
    const auto value = nlohmann::json::parse(document);
    return validator_.validate(schema_, valijson::adapters::NlohmannJsonAdapter(value),
                               nullptr);
  }

  std::string description() const { return text_.at("description").get<std::string>(); }

 private:
  nlohmann::json text_;
  valijson::Schema schema_;
  valijson::Validator validator_;
};

// The rules that a document breaks, by name; none when it is good.
std::set<std::string> broken_rules(const std::string& document) {
  const auto read = PublicationDocument::read(document);
  std::set<std::string> rules;
  if (const auto* errors = std::get_if<DocumentErrors>(&read)) {
    for (const DocumentError& error : *errors) rules.insert(to_string(error.rule));
  }
  return rules;
}

std::string listed(const std::set<std::string>& rules) {
  std::string list;
  for (const std::string& rule : rules) list += rule + " ";
  return list.empty() ? "nothing" : list;
}

// Compares the verdicts, and counts them: a comparison of two that never refuse, or
// never accept, would show nothing.
class Agreement {
 public:
  void compare(const std::string& what, const std::string& document) {
    const std::set<std::string> rules = broken_rules(document);
    const bool schema_accepts = schema_.accepts(document);
    ++(rules.empty() ? good : rules.contains("form") ? bad_form : bad_otherwise);
    for (const std::string& rule : rules) ++by_rule[rule];
    EXPECT_EQ(schema_accepts, !rules.contains("form"))
        << what << "\nthe schema " << (schema_accepts ? "accepts" : "refuses")
        << ", the reader finds " << listed(rules);
  }

  int good = 0, bad_form = 0, bad_otherwise = 0;
  std::map<std::string, int> by_rule;

 private:
  SchemaVerdict schema_;
};

JsonValue parsed(const fs::path& path) {
  auto value = parse_json(bytes_of(path));
  EXPECT_TRUE(value.ok()) << path;
  return value.ok() ? *value : JsonValue();
}

TEST(SchemaAgreement, BothAcceptEveryValidSample) {
  SchemaVerdict schema;
  std::vector<fs::path> samples = files_in(kCorpus / "valid");
  samples.push_back(kRoot / "playlists/samples/hoa-phong/publication.json");
  for (const fs::path& path : samples) {
    const std::string document = bytes_of(path);
    EXPECT_EQ(listed(broken_rules(document)), "nothing") << path;
    EXPECT_TRUE(schema.accepts(document)) << path;
  }
}

TEST(SchemaAgreement, AnInvalidSampleBreaksTheRuleItIsNamedFor) {
  SchemaVerdict schema;
  const auto samples = files_in(kCorpus / "invalid");
  ASSERT_FALSE(samples.empty());
  for (const fs::path& path : samples) {
    const std::string name = path.stem(), rule = name.substr(0, name.find("--"));
    const std::string document = bytes_of(path);
    EXPECT_TRUE(broken_rules(document).contains(rule))
        << name << " breaks " << listed(broken_rules(document));
    EXPECT_EQ(schema.accepts(document), rule != "form") << name;
  }
}

TEST(SchemaAgreement, EveryRuleOfTheReaderAloneHasASampleAndIsListedInTheSchema) {
  const std::string description = SchemaVerdict().description();
  const auto samples = files_in(kCorpus / "invalid");
  for (const std::string& rule : kReaderAlone) {
    EXPECT_NE(description.find(rule), std::string::npos) << rule;
    EXPECT_TRUE(std::ranges::any_of(samples, [&](const fs::path& path) {
      return path.filename().string().starts_with(rule + "--");
    })) << rule;
  }
}

class SchemaAgreementOn : public testing::TestWithParam<fs::path> {};

TEST_P(SchemaAgreementOn, EveryMutationOfASampleGetsTheSameVerdictFromBoth) {
  Agreement agreement;
  for_each_mutation(parsed(GetParam()), [&](const std::string& what, const JsonValue& changed) {
    agreement.compare(what, write_json(changed));
  });
  std::cout << agreement.good << " good, " << agreement.bad_form << " without the form, "
            << agreement.bad_otherwise << " against a rule of the reader alone\n";
  EXPECT_GT(agreement.good, 100);
  EXPECT_GT(agreement.bad_form, 800);
  EXPECT_GT(agreement.bad_otherwise, 50);
  for (const auto& [rule, count] : agreement.by_rule) {
    EXPECT_TRUE(rule == "form" || kReaderAlone.contains(rule)) << rule;
  }
}

INSTANTIATE_TEST_SUITE_P(Corpus, SchemaAgreementOn,
                         testing::ValuesIn(files_in(kCorpus / "valid")), [](const auto& test) {
                           std::string name = test.param.stem();
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

// The sample commune is large: of its mutations every 499th is tried, a prime, so that
// not the same change is met again and again.
TEST(SchemaAgreement, BothGiveTheSameVerdictOnMutationsOfTheSampleCommune) {
  Agreement agreement;
  int seen = 0;
  for_each_mutation(parsed(kRoot / "playlists/samples/hoa-phong/publication.json"),
                    [&](const std::string& what, const JsonValue& changed) {
                      if (seen++ % 499 == 0) agreement.compare(what, write_json(changed));
                    });
  EXPECT_GT(agreement.good, 10);
  EXPECT_GT(agreement.bad_form, 40);
}

}  // namespace
}  // namespace conglang
