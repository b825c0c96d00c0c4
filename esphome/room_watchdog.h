#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

/// The decisions of the room watchdog, without ESPHome: times and temperatures come in, what to do comes out. The YAML in
/// room-watchdog.yaml only wires it; the table tests run it on a computer.
namespace heatloop {

/// Limits of one zone. The defaults are those of the app's setting `room_feed`, which has the same names.
struct WatchdogLimits {
  /// Minutes without a temperature after which the heat pump's own room thermostat takes over.
  float hold_min = 30;
  /// Minutes of feed, no two temperatures further apart than `gap_min`, after which it takes the fed one again.
  float steady_min = 10;
  float gap_min = 10;
  /// The plausible temperatures of a room, °C.
  float min_c = 5;
  float max_c = 35;
  /// A larger step than this, plus `change_k_per_h` for the time that has passed, is not taken ...
  float jump_k = 3;
  float change_k_per_h = 6;
};

/// The firmware's room temperature source by its position in the select, whatever the language of its text.
enum class Source : int8_t { Unknown = -1, Own = 0, Fed = 1, Virtual = 2 };

/// Why a temperature is not taken.
enum class Refusal : uint8_t { None, NotANumber, OutOfRange, Jump, SecondFeeder };

/// What the select has to be set to.
enum class Command : uint8_t { None, UseOwn, UseFed };

/// What a person sees. Waiting: nothing was fed since the start, so the heat pump uses its own thermostat. Kept: nothing is
/// fed, and there is no own thermostat, so the last temperature stays. Left: someone chose another source.
enum class State : uint8_t { Waiting, Fed, Silent, Kept, Returning, Left };

/// Whether the heat pump has a room thermostat of its own; without one it reads 0 °C there and heats as much as it can.
enum class Thermostat : uint8_t { Unknown, Fitted, Missing };

constexpr uint32_t kNever = UINT32_MAX;
/// Seconds that pass at a time, which makes every age coarse.
constexpr uint32_t kStepS = 10;
constexpr uint32_t kNameSize = 24;

/// Everything that one zone remembers. Ages are seconds, so that the millisecond clock may start again after 49 days.
struct RoomWatchdog {
  uint32_t silent_s = 0;          ///< since the last taken temperature, or since the start
  uint32_t steady_s = 0;          ///< since the first temperature of a feed without a gap
  uint32_t candidate_s = kNever;  ///< how long a temperature after a jump has been reported
  uint32_t candidate_gap_s = 0;   ///< since it was reported last
  uint32_t other_s = kNever;      ///< since a second feeder was noticed last
  uint32_t fed_source_s = 0;      ///< since the source became the fed temperature, or since the start
  float taken_c = NAN;
  float candidate_c = NAN;
  Refusal refused = Refusal::None;
  bool switched = false;  ///< the own thermostat is used, or asked for, because of this watchdog
  bool asked = false;     ///< the own thermostat was asked for, and was not seen yet
  Source source = Source::Unknown;
  char announced[kNameSize] = "";
  uint32_t announced_s = kNever;
  char feeder[kNameSize] = "";
  char other[kNameSize] = "";
};

/// The watchdog of zone 1 or 2. ESPHome declares its globals before it includes this file, so they stand here.
inline RoomWatchdog &zone_of(int number) {
  static RoomWatchdog zones[2];
  return zones[number == 2 ? 1 : 0];
}

/// The heat pump's own thermostat by what it reads.
inline Thermostat thermostat_of(const WatchdogLimits &limits, float own_c) {
  if (std::isnan(own_c)) return Thermostat::Unknown;
  return own_c >= limits.min_c && own_c <= limits.max_c ? Thermostat::Fitted : Thermostat::Missing;
}

inline uint32_t seconds(float minutes) { return static_cast<uint32_t>(minutes * 60.0f); }

inline void age(uint32_t &s, uint32_t by_s) {
  if (s != kNever) s = kNever - s > by_s ? s + by_s : kNever - 1;
}

inline void copy_name(char *to, const char *from) {
  std::strncpy(to, from, kNameSize - 1);
  to[kNameSize - 1] = '\0';
}

/// Lets so many seconds pass.
inline void pass(RoomWatchdog &zone, uint32_t by_s) {
  age(zone.silent_s, by_s);
  age(zone.candidate_s, by_s);
  age(zone.candidate_gap_s, by_s);
  age(zone.other_s, by_s);
  age(zone.fed_source_s, by_s);
  age(zone.announced_s, by_s);
  if (!std::isnan(zone.taken_c)) age(zone.steady_s, by_s);
}

/// A feeder says its name, right before it sends a temperature.
inline void announce(RoomWatchdog &zone, const char *name) {
  copy_name(zone.announced, name);
  zone.announced_s = 0;
}

inline bool is_near(const RoomWatchdog &zone, const WatchdogLimits &limits, float value_c) {
  if (std::isnan(zone.taken_c)) return true;
  const float allowed_k = limits.jump_k + limits.change_k_per_h * static_cast<float>(zone.silent_s) / 3600.0f;
  return std::fabs(value_c - zone.taken_c) <= allowed_k;
}

/// A temperature after a jump is taken once it has stayed there for `steady_min` without a gap.
inline bool has_stayed(RoomWatchdog &zone, const WatchdogLimits &limits, float value_c) {
  const bool goes_on = zone.candidate_s != kNever && zone.candidate_gap_s <= seconds(limits.gap_min) &&
                       std::fabs(value_c - zone.candidate_c) <= limits.jump_k;
  if (!goes_on) zone.candidate_s = 0;
  zone.candidate_c = value_c;
  zone.candidate_gap_s = 0;
  return zone.candidate_s >= seconds(limits.steady_min);
}

/// Whether the temperature comes from someone else than the one who feeds. Who feeds may change after a gap, and one with a
/// name takes over from one without.
inline bool is_second(RoomWatchdog &zone, const WatchdogLimits &limits) {
  // A name counts for the temperature right behind it; a step of the clock may fall between the two.
  const char *name = zone.announced_s <= kStepS ? zone.announced : "";
  const bool is_fed = !std::isnan(zone.taken_c) && zone.silent_s <= seconds(limits.gap_min);
  const bool second = is_fed && zone.feeder[0] != '\0' && std::strcmp(name, zone.feeder) != 0;
  if (second) {
    copy_name(zone.other, name);
    zone.other_s = 0;
  } else {
    copy_name(zone.feeder, name);
  }
  zone.announced_s = kNever;
  return second;
}

/// A temperature arrived: whether it is taken, and if not, why. What is refused changes nothing that the heat pump uses.
inline Refusal feed(RoomWatchdog &zone, const WatchdogLimits &limits, float value_c) {
  zone.refused = Refusal::None;
  if (std::isnan(value_c) || std::isinf(value_c)) return zone.refused = Refusal::NotANumber;
  if (value_c < limits.min_c || value_c > limits.max_c) return zone.refused = Refusal::OutOfRange;
  if (is_second(zone, limits)) return zone.refused = Refusal::SecondFeeder;
  if (!is_near(zone, limits, value_c) && !has_stayed(zone, limits, value_c)) return zone.refused = Refusal::Jump;
  if (std::isnan(zone.taken_c) || zone.silent_s > seconds(limits.gap_min)) zone.steady_s = 0;
  zone.taken_c = value_c;
  zone.silent_s = 0;
  zone.candidate_s = kNever;
  return Refusal::None;
}

/// Whether the feed has gone on for long enough, from its first to its last temperature.
inline bool is_steady(const RoomWatchdog &zone, const WatchdogLimits &limits) {
  return !std::isnan(zone.taken_c) && zone.silent_s <= seconds(limits.gap_min) &&
         zone.steady_s >= zone.silent_s + seconds(limits.steady_min);
}

/// What to set the source to now, again until it is seen. Who switched switches back: only what the watchdog itself switched
/// comes back. A source that someone chose meanwhile stays, the fed one for `hold_min`, however long nothing was fed. A
/// thermostat that is not fitted is not used; the last temperature does less harm.
inline Command decide(RoomWatchdog &zone, const WatchdogLimits &limits, Source source, Thermostat own) {
  if (source != zone.source && source == Source::Fed && zone.source != Source::Unknown) zone.fed_source_s = 0;
  if (source != Source::Unknown) zone.source = source;
  switch (source) {
    case Source::Unknown:
      return Command::None;
    case Source::Fed: {
      const uint32_t hold_s = seconds(limits.hold_min);
      const bool is_silent = zone.silent_s >= hold_s && zone.fed_source_s >= hold_s;
      zone.asked = zone.switched = is_silent && own == Thermostat::Fitted;
      return zone.switched ? Command::UseOwn : Command::None;
    }
    case Source::Own:
      zone.asked = false;
      if (!zone.switched) return Command::None;
      return is_steady(zone, limits) || own == Thermostat::Missing ? Command::UseFed : Command::None;
    case Source::Virtual:
      zone.asked = zone.switched = false;
      return Command::None;
  }
  return Command::None;
}

/// What a person sees of a zone whose source is `source`.
inline State state_of(const RoomWatchdog &zone, const WatchdogLimits &limits, Source source, Thermostat own) {
  const bool is_fed = !std::isnan(zone.taken_c) && zone.silent_s <= seconds(limits.gap_min);
  if (zone.switched) return is_fed ? State::Returning : State::Silent;
  if (source == Source::Own || source == Source::Virtual) return State::Left;
  if (!std::isnan(zone.taken_c) && zone.silent_s < seconds(limits.hold_min)) return State::Fed;
  if (own == Thermostat::Missing) return State::Kept;
  return std::isnan(zone.taken_c) ? State::Waiting : State::Silent;
}

/// Whether the last temperature from before a restart has to serve: nothing was fed since, and there is no own thermostat.
inline bool needs_last(const RoomWatchdog &zone, Thermostat own) {
  return std::isnan(zone.taken_c) && own == Thermostat::Missing;
}

inline const char *state_text(State state) {
  static const char *const texts[] = {"waiting", "fed", "silent", "kept", "returning", "left"};
  return texts[static_cast<uint8_t>(state)];
}

inline const char *refusal_text(Refusal refusal) {
  static const char *const texts[] = {"none", "not a number", "out of range", "jump", "second feeder"};
  return texts[static_cast<uint8_t>(refusal)];
}

// An empty text would clear the retained message on the broker, so there is none.

/// Who feeds; "unnamed" where it says no name, "none" where nothing was taken since the start.
inline const char *feeder_text(const RoomWatchdog &zone) {
  if (std::isnan(zone.taken_c)) return "none";
  return zone.feeder[0] == '\0' ? "unnamed" : zone.feeder;
}

/// A second feeder that was noticed within the last hour; "unnamed" where it says no name, "none" where there is none.
inline const char *second_feeder_text(const RoomWatchdog &zone) {
  if (zone.other_s > 3600) return "none";
  return zone.other[0] == '\0' ? "unnamed" : zone.other;
}

}  // namespace heatloop
