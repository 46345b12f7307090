/*
 * A libnvidia-ml that plays a script instead of driving a GPU. Only what the harness calls is here.
 *
 * A line of the script is a name and one or two numbers; of two lines with a name the first holds.
 *   gpus 2                          how many there are
 *   lost 1                          the GPU of this index is lost
 *   process 4711 1048576            a process and its bytes, as often as wanted
 *   used 1073741824                 a figure; one that is left out reads as all ones
 *   field 186 400000                the value of a field; one that is left out is not supported
 *   field_type 3                    the type of all fields; field_code is their code
 *   nvmlDeviceGetPowerUsage 3       the function gives this code
 *   on 1 process 4711 1048576       any of these, of the GPU of this index alone
 *
 * A script may also be a file, which is read anew for each call on a device: whoever rewrites it (by
 * renaming another to it) plays what happens on the GPU meanwhile. Started in a process that has
 * learned no script, the library follows the file that FAKE_NVML names.
 *
 * -DSCRIPT='"gpus 1"' has it play a script as soon as it is loaded, for programs that find it by name.
 * A function is left out of the library with -DnvmlName=other. ENTRY_BYTES is the size of an entry
 * of the process list, at least 16.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ENTRY_BYTES
#define ENTRY_BYTES 24
#endif

#define ALL_ONES (~0ULL)

typedef unsigned int u32;
typedef unsigned long long u64;

enum {
  SUCCESS = 0,
  UNINITIALIZED = 1,
  INVALID_ARGUMENT = 2,
  NOT_SUPPORTED = 3,
  NO_PERMISSION = 4,
  NOT_FOUND = 6,
  INSUFFICIENT_SIZE = 7,
  DRIVER_NOT_LOADED = 9,
  GPU_IS_LOST = 15,
  LIBRARY_MISMATCH = 18,
  VERSION_MISMATCH = 25
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char script[1 << 16];
static char followed[1024];
static int starts;
static char handles[16]; /* a GPU's handle is the address of its place in here */

/* What a thread's call is answered from: the lines, and the GPU that is asked. */
static __thread struct line { int gpu; char name[64]; u64 first, second; } lines[512];
static __thread int line_count;
static __thread const char *on;

static void learn(const char *text) {
  pthread_mutex_lock(&lock);
  snprintf(script, sizeof script, "%s", text);
  pthread_mutex_unlock(&lock);
}

/* Static, for another such library that is loaded has the public names too, and would be called. */
static void read_script(void) {
  pthread_mutex_lock(&lock);
  FILE *file = *followed ? fopen(followed, "r") : NULL;
  if (file) {
    script[fread(script, 1, sizeof script - 1, file)] = 0;
    fclose(file);
  }
  line_count = 0;
  for (const char *at = script; *at && line_count < (int)(sizeof lines / sizeof *lines);) {
    struct line *line = &lines[line_count];
    int skipped = 0;
    line->gpu = -1;
    line->first = line->second = ALL_ONES;
    sscanf(at, "on %d %n", &line->gpu, &skipped);
    line_count +=
        sscanf(at + skipped, "%63s %llu %llu", line->name, &line->first, &line->second) > 1;
    const char *end = strchr(at, '\n');
    at = end ? end + 1 : at + strlen(at);
  }
  pthread_mutex_unlock(&lock);
}

/* Forgets all and learns a script. */
void fake_nvml_play(const char *text) {
  starts = 0;
  *followed = 0;
  learn(text);
}

/* Forgets the script and learns another, for those who have started the library. */
void fake_nvml_go_on(const char *text) { learn(text); }

/* Forgets all and follows a file. */
void fake_nvml_follow(const char *path) {
  starts = 0;
  snprintf(followed, sizeof followed, "%s", path);
}

#ifdef SCRIPT
__attribute__((constructor)) static void begin(void) { learn(SCRIPT); }
#endif

/* How often the library was started and not shut down. */
int fake_nvml_starts(void) { return starts; }

static int is(const struct line *line, const char *name) {
  return !strcmp(line->name, name) && (line->gpu < 0 || (on && line->gpu == on - handles));
}

static u64 number(const char *name) {
  for (int i = 0; i < line_count; i++) {
    if (is(&lines[i], name)) {
      return lines[i].first;
    }
  }
  return ALL_ONES;
}

static int scripted(const char *function) {
  u64 given = number(function);
  return given != ALL_ONES ? (int)given : starts > 0 ? SUCCESS : UNINITIALIZED;
}

static int code(const char *function) {
  on = NULL;
  read_script();
  return scripted(function);
}

static int device_code(const char *function, const char *device) {
  on = device;
  read_script();
  return number("lost") == (u64)(device - handles) ? GPU_IS_LOST : scripted(function);
}

/* Ends a function that does not succeed. */
#define UNLESS(failure)     \
  do {                      \
    int given = (failure);  \
    if (given) {            \
      return given;         \
    }                       \
  } while (0)

/* Functions of a device that write one value. Names are not yet renamed where # takes them. */
#define READING(function, type, name)            \
  int function(char *device, type *value) {      \
    UNLESS(device_code(#function, device));      \
    *value = (type)number(name);                 \
    return SUCCESS;                              \
  }

#define MODE(function, name)                                 \
  int function(char *device, u32 *current, u32 *pending) {   \
    UNLESS(device_code(#function, device));                  \
    *current = (u32)number(name);                            \
    *pending = !*current;                                    \
    return SUCCESS;                                          \
  }

#define TEXT(function, ...)                                \
  int function(char *device, char *text, u32 length) {     \
    UNLESS(device_code(#function, device));                \
    snprintf(text, length, __VA_ARGS__);                   \
    return SUCCESS;                                        \
  }

int nvmlInit_v2(void) {
  if (!*script && !*followed && getenv("FAKE_NVML")) {
    fake_nvml_follow(getenv("FAKE_NVML"));
  }
  starts++;
  int given = code("nvmlInit_v2");
  starts -= given != SUCCESS;
  return given;
}

int nvmlShutdown(void) {
  starts--;
  return SUCCESS;
}

const char *nvmlErrorString(int error) {
  switch (error) {
    case UNINITIALIZED: return "Uninitialized";
    case NO_PERMISSION: return "Insufficient Permissions";
    case NOT_FOUND: return "Not Found";
    case DRIVER_NOT_LOADED: return "Driver Not Loaded";
    case GPU_IS_LOST: return "GPU is lost";
    case LIBRARY_MISMATCH: return "Driver/library version mismatch";
    default: return "Unknown Error";
  }
}

int nvmlSystemGetDriverVersion(char *version, u32 length) {
  UNLESS(code("nvmlSystemGetDriverVersion"));
  snprintf(version, length, "570.1");
  return SUCCESS;
}

int nvmlDeviceGetCount_v2(u32 *count) {
  UNLESS(code("nvmlDeviceGetCount_v2"));
  *count = (u32)number("gpus");
  return SUCCESS;
}

int nvmlDeviceGetHandleByIndex_v2(u32 index, char **device) {
  UNLESS(code("nvmlDeviceGetHandleByIndex_v2"));
  *device = handles + index;
  return index < number("gpus") ? SUCCESS : INVALID_ARGUMENT;
}

#define UUID "GPU-%08x-1111-2222-3333-444444444444"

int nvmlDeviceGetHandleByUUID(const char *uuid, char **device) {
  u32 index;
  char whole[96];
  UNLESS(code("nvmlDeviceGetHandleByUUID"));
  if (sscanf(uuid, "GPU-%8x-", &index) != 1 || index >= number("gpus")) {
    return NOT_FOUND;
  }
  snprintf(whole, sizeof whole, UUID, index);
  if (strcmp(uuid, whole)) {
    return NOT_FOUND;
  }
  *device = handles + index;
  return SUCCESS;
}

TEXT(nvmlDeviceGetUUID, UUID, (u32)(device - handles))
TEXT(nvmlDeviceGetName, "Fake GPU")

struct memory { u64 total, free, used; };

int nvmlDeviceGetMemoryInfo(char *device, struct memory *memory) {
  UNLESS(device_code("nvmlDeviceGetMemoryInfo", device));
  memory->total = number("total");
  memory->used = number("used") + number("reserved");
  memory->free = memory->total - memory->used;
  return SUCCESS;
}

struct memory_v2 { u32 version; u64 total, reserved, free, used; };

int nvmlDeviceGetMemoryInfo_v2(char *device, struct memory_v2 *memory) {
  UNLESS(device_code("nvmlDeviceGetMemoryInfo_v2", device));
  if (memory->version != (sizeof(struct memory_v2) | 2 << 24)) {
    return VERSION_MISMATCH;
  }
  memory->total = number("total");
  memory->reserved = number("reserved");
  memory->used = number("used");
  memory->free = memory->total - memory->reserved - memory->used;
  return SUCCESS;
}

struct process {
  u32 pid;
  u64 bytes;
#if ENTRY_BYTES > 16
  u32 gpu_instance, compute_instance;
#endif
#if ENTRY_BYTES > 24
  u64 later[(ENTRY_BYTES - 24) / sizeof(u64)];
#endif
};
_Static_assert(sizeof(struct process) == ENTRY_BYTES, "an entry has another size");

static int list(u32 *count, struct process *processes) {
  u32 found = 0;
  for (int i = 0; i < line_count; i++) {
    if (is(&lines[i], "process")) {
      if (found < *count) {
        memset(&processes[found], 0, sizeof(struct process));
        processes[found].pid = (u32)lines[i].first;
        processes[found].bytes = lines[i].second;
      }
      found++;
    }
  }
  int fits = found <= *count;
  *count = found;
  return fits ? SUCCESS : INSUFFICIENT_SIZE;
}

#define LIST(function)                                                  \
  int function(char *device, u32 *count, struct process *processes) {   \
    UNLESS(device_code(#function, device));                             \
    return list(count, processes);                                      \
  }

LIST(nvmlDeviceGetComputeRunningProcesses)
LIST(nvmlDeviceGetComputeRunningProcesses_v2)
LIST(nvmlDeviceGetComputeRunningProcesses_v3)

struct field {
  u32 id, scope;
  long long timestamp, latency;
  u32 type;
  int code;
  union { double real; u32 whole; u64 large; } value;
};

static void answer(struct field *field, u64 value) {
  field->type = number("field_type") == ALL_ONES ? 1 : (u32)number("field_type");
  field->code = number("field_code") == ALL_ONES ? SUCCESS : (int)number("field_code");
  if (field->type == 0) {
    field->value.real = (double)value;
  } else if (field->type == 1) {
    field->value.whole = (u32)value;
  } else {
    field->value.large = value;
  }
}

int nvmlDeviceGetFieldValues(char *device, int count, struct field *fields) {
  UNLESS(device_code("nvmlDeviceGetFieldValues", device));
  for (int i = 0; i < count; i++) {
    fields[i].code = NOT_SUPPORTED;
    for (int j = 0; j < line_count; j++) {
      int asked = is(&lines[j], "field") && lines[j].first == fields[i].id;
      if (asked && fields[i].scope == 0) {
        answer(&fields[i], lines[j].second);
        break;
      }
    }
  }
  return SUCCESS;
}

struct rates { u32 gpu, memory; };

int nvmlDeviceGetUtilizationRates(char *device, struct rates *rates) {
  UNLESS(device_code("nvmlDeviceGetUtilizationRates", device));
  rates->gpu = (u32)number("busy");
  rates->memory = 99;
  return SUCCESS;
}

int nvmlDeviceGetClockInfo(char *device, int domain, u32 *megahertz) {
  UNLESS(device_code("nvmlDeviceGetClockInfo", device));
  *megahertz = (u32)number(domain == 1 ? "sm_clock" : domain == 2 ? "memory_clock" : "other");
  return SUCCESS;
}

int nvmlDeviceGetTemperature(char *device, int sensor, u32 *celsius) {
  UNLESS(device_code("nvmlDeviceGetTemperature", device));
  *celsius = (u32)number(sensor == 0 ? "temperature" : "other");
  return SUCCESS;
}

READING(nvmlDeviceGetPowerUsage, u32, "power")
READING(nvmlDeviceGetTotalEnergyConsumption, u64, "energy")
READING(nvmlDeviceGetCurrentClocksEventReasons, u64, "throttle")
READING(nvmlDeviceGetCurrentClocksThrottleReasons, u64, "throttle")
MODE(nvmlDeviceGetMigMode, "mig")
MODE(nvmlDeviceGetEccMode, "ecc")
