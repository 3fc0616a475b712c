// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs a command and says what it cost, the whole process with all that it waited for.
enum Measurement {
  static func run(_ command: [String]) throws {
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    var process = pid_t()
    let begun = now()
    guard posix_spawnp(&process, command[0], nil, nil, arguments, environ) == 0 else {
      print("cannot run \(command[0])")
      exit(127)
    }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(process, &status, 0, &usage) == process, status == 0 else {
      print("failed: \(command.joined(separator: " "))")
      exit(1)
    }
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    // Linux counts kilobytes, macOS bytes.
    #if canImport(Glibc)
      let peak = Double(usage.ru_maxrss) / 1_000
    #else
      let peak = Double(usage.ru_maxrss) / 1_000_000
    #endif
    print("\(rounded(now() - begun, 1_000))\t\(rounded(cpu, 1_000))\t\(rounded(peak, 10))")
  }

  /// Seconds on a clock that never goes back.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// CPU seconds of this process, all threads.
  static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func rounded(_ value: Double, _ parts: Double) -> Double {
    (value * parts).rounded() / parts
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}
