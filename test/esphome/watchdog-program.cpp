// Plays a script against room_watchdog.h and prints what comes out: one command a line, one answer a line.
#include "room_watchdog.h"

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

using namespace heatloop;

static const char *const kRefusals[] = {"taken", "not_a_number", "out_of_range", "jump", "second_feeder"};

int main() {
  RoomWatchdog zone;
  WatchdogLimits limits;
  // The heat pump's select: it obeys unless it is stuck.
  Source source = Source::Fed;
  bool stuck = false;
  float own_c = 20;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string what, value;
    words >> what >> value;
    if (what == "feed") {
      std::printf("%s\n", kRefusals[static_cast<int>(feed(zone, limits, std::strtof(value.c_str(), nullptr)))]);
    } else if (what == "name") {
      announce(zone, value.c_str());
      std::printf("ok\n");
    } else if (what == "source") {
      source = static_cast<Source>(std::atoi(value.c_str()));
      std::printf("ok\n");
    } else if (what == "own") {
      own_c = std::strtof(value.c_str(), nullptr);
      std::printf("ok\n");
    } else if (what == "stuck") {
      stuck = value == "on";
      std::printf("ok\n");
    } else if (what == "restored") {
      zone.switched = value == "on";
      std::printf("ok\n");
    } else if (what == "pass") {
      int commands = 0;
      for (long left = std::atol(value.c_str()); left > 0; left -= 10) {
        pass(zone, kStepS);
        const Command command = decide(zone, limits, source, thermostat_of(limits, own_c));
        if (command != Command::None) commands += 1;
        if (command != Command::None && !stuck) source = command == Command::UseOwn ? Source::Own : Source::Fed;
      }
      std::printf("%d %d\n", static_cast<int>(source), commands);
    } else if (what == "see") {
      const Thermostat own = thermostat_of(limits, own_c);
      std::printf("%s;%s;%.1f;%u;%d;%s;%s\n", state_text(state_of(zone, limits, source, own)),
                  refusal_text(zone.refused), zone.taken_c, zone.silent_s, needs_last(zone, own), feeder_text(zone),
                  second_feeder_text(zone));
    } else {
      std::fprintf(stderr, "what is %s?\n", line.c_str());
      return 1;
    }
    std::fflush(stdout);
  }
}
