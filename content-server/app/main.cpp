// conglang-server: the program of the office.
#include <chrono>
#include <iostream>

#include "content-server/app/commands.h"

int main(int argc, char** argv) {
  const auto now =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return conglang::server::run_commands(argc, argv, now, {std::cout, std::cerr});
}
