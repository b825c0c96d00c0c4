/*
 * The peer of scripts/bench/archive-program.ts: reads the same columns of the same day files byte by byte, checks each
 * row's time and number of cells, and for each day sums up every column and distributes the counter's steps over
 * the minutes in which they were used. Arguments: the wanted columns with commas between, then the files in order.
 * Prints days, heat and electricity of all.
 */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { most_columns = 256, most_rows = 1600 };

static char *wanted[most_columns];
static int wanted_count;
static int slot_of[most_columns];
static double values[most_columns][most_rows];
static double times[most_rows];
static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

static int column(const char *name) {
  for (int i = 0; i < wanted_count; i++)
    if (strcmp(wanted[i], name) == 0) return i;
  fprintf(stderr, "no column %s\n", name);
  exit(1);
}

static int two(const char *p) { return (p[0] - '0') * 10 + p[1] - '0'; }

static long day_number(int y, int m, int d) {
  if (m <= 2) { y -= 1; m += 12; }
  return 365L * y + y / 4 - y / 100 + y / 400 + (153 * (m - 3) + 2) / 5 + d - 719469;
}

/* The time of 25 characters in ms since the epoch; NaN where it is none. */
static double time_of(const char *p) {
  static const char shape[] = "dddd-dd-ddTdd:dd:ddsdd:dd";
  for (int i = 0; i < 25; i++) {
    if (shape[i] == 'd' ? p[i] < '0' || p[i] > '9' : shape[i] == 's' ? p[i] != '+' && p[i] != '-' : p[i] != shape[i])
      return NAN;
  }
  long minutes = day_number(two(p) * 100 + two(p + 2), two(p + 5), two(p + 8)) * 1440 + two(p + 11) * 60 + two(p + 14);
  int offset = two(p + 20) * 60 + two(p + 23);
  return (double)(minutes - (p[19] == '-' ? -offset : offset)) * 60000 + two(p + 17) * 1000;
}

static double number_of(const char *p, const char *end) {
  if (p == end) return NAN;
  int negative = *p == '-';
  if (negative) p++;
  long long digits = 0;
  int decimals = 0, count = 0;
  for (; p < end && *p >= '0' && *p <= '9'; p++, count++) digits = digits * 10 + *p - '0';
  if (p < end && *p == '.')
    for (p++; p < end && *p >= '0' && *p <= '9'; p++, count++, decimals++) digits = digits * 10 + *p - '0';
  if (p != end || count == 0 || count > 15) return NAN;
  double value = (double)digits / powers[decimals];
  return negative ? -value : value;
}

static int read_rows(const char *text, const char *to, int cells) {
  int rows = 0;
  const char *line = text;
  while (line < to && rows < most_rows) {
    double at = to - line > 25 && line[25] == ',' ? time_of(line) : NAN;
    const char *p = line;
    int cell = 0;
    for (;;) {
      const char *start = p;
      while (*p != ',' && *p != '\n') p++;
      int slot = cell < most_columns ? slot_of[cell] : -1;
      if (slot >= 0) values[slot][rows] = number_of(start, p);
      cell++;
      if (*p == '\n') break;
      p++;
    }
    line = p + 1;
    if (cell != cells || isnan(at)) continue;
    times[rows++] = at;
  }
  return rows;
}

static double known(double value) { return isnan(value) ? 0 : value; }

static double sum_of(int slot, int rows) {
  double sum = 0;
  for (int i = 0; i < rows; i++) sum += known(values[slot][i]);
  return sum;
}

/* Distributes the steps of the counter over operations, in proportion to what compressor and heaters did. */
static void distribute(int rows, double *total) {
  static const char *names[] = {"heating_s", "hot_water_s", "cooling_s", "defrost_s", "standby_s"};
  int seconds[5];
  for (int k = 0; k < 5; k++) seconds[k] = column(names[k]);
  int step = column("electricity_wh"), frequency = column("compressor_frequency_hz");
  int heaters[] = {column("immersion_heater_s"), column("booster_heater_s"), column("booster_heater_2_s")};
  double seen[6] = {0};
  for (int i = 0; i < rows; i++) {
    double known_s = 0, heater_s = 0;
    for (int k = 0; k < 5; k++) known_s += known(values[seconds[k]][i]);
    for (int k = 0; k < 3; k++) heater_s += known(values[heaters[k]][i]);
    double running_s = known_s - known(values[seconds[4]][i]);
    double running_ws = known(values[frequency][i]) * 20 * 60 + heater_s * 3000;
    for (int k = 0; k < 5; k++) {
      double s = known(values[seconds[k]][i]);
      seen[k] += (s * 20 + (k == 4 || running_s == 0 ? 0 : running_ws * s / running_s)) / 3600;
    }
    seen[5] += (known_s < 60 ? 60 - known_s : 0) * 20 / 3600;
    double wh = known(values[step][i]), all = 0;
    if (wh == 0) continue;
    for (int k = 0; k < 6; k++) all += seen[k];
    for (int k = 0; k < 6; k++) { total[k] += wh * seen[k] / all; seen[k] = 0; }
  }
}

int main(int count, char **arguments) {
  for (char *name = strtok(arguments[1], ","); name; name = strtok(NULL, ",")) wanted[wanted_count++] = name;
  size_t capacity = 1 << 20;
  char *text = malloc(capacity);
  double heat = 0, electricity = 0, operations[6] = {0}, others = 0;
  int days = 0, heat_column = column("heat_wh"), electricity_column = column("electricity_wh");
  for (int f = 2; f < count; f++) {
    int fd = open(arguments[f], O_RDONLY);
    struct stat file;
    if (fd < 0 || fstat(fd, &file) != 0) { perror(arguments[f]); return 1; }
    if ((size_t)file.st_size + 1 > capacity) text = realloc(text, capacity = file.st_size + 1);
    ssize_t length = read(fd, text, file.st_size);
    close(fd);
    while (length > 0 && text[length - 1] != '\n') length--;
    char *end = memchr(text, '\n', length);
    if (end == NULL) continue;
    *end = 0;
    int cells = 0;
    for (char *name = text, *next = text; next; name = next + 1, cells++) {
      next = strchr(name, ',');
      if (next) *next = 0;
      if (cells >= most_columns) continue;
      slot_of[cells] = -1;
      for (int i = 0; i < wanted_count; i++)
        if (strcmp(wanted[i], name) == 0) slot_of[cells] = i;
    }
    int rows = read_rows(end + 1, text + length, cells);
    if (rows == 0) continue;
    days++;
    heat += round(sum_of(heat_column, rows));
    electricity += round(sum_of(electricity_column, rows));
    for (int i = 0; i < wanted_count; i++) others += sum_of(i, rows);
    distribute(rows, operations);
  }
  printf("{\"days\":%d,\"heatWh\":%.0f,\"electricityWh\":%.0f,\"others\":%.3f,\"distributed\":%.3f}\n", days, heat,
         electricity, others, operations[0] + operations[1] + operations[2] + operations[3] + operations[4] + operations[5]);
  return 0;
}
