package dev.parley.adapter.linux;

import java.io.IOException;
import java.net.BindException;

/// The error numbers of Linux that are told apart or put into words here (`errno(3)`); the same on
/// x86-64 and aarch64.
enum Errno {
  EPERM(1, "operation not permitted"),
  EINTR(4, "interrupted"),
  EIO(5, "input/output error"),
  EAGAIN(11, "try again"),
  ENOMEM(12, "out of memory"),
  EACCES(13, "permission denied"),
  EINVAL(22, "invalid argument"),
  ENFILE(23, "too many open files in the system"),
  EMFILE(24, "too many open files in the process"),
  EPIPE(32, "the other end has closed"),
  ENOSYS(38, "no such system call"),
  EMSGSIZE(90, "message too long"),
  EAFNOSUPPORT(97, "address family not supported"),
  EADDRINUSE(98, "address already in use"),
  EADDRNOTAVAIL(99, "cannot assign requested address"),
  ENETUNREACH(101, "network is unreachable"),
  ECONNRESET(104, "connection reset"),
  ENOBUFS(105, "no buffer space"),
  ETIMEDOUT(110, "connection timed out"),
  ECONNREFUSED(111, "connection refused"),
  EHOSTUNREACH(113, "no route to host"),
  EINPROGRESS(115, "in progress");

  private final int value;
  private final String words;

  Errno(int value, String words) {
    this.value = value;
    this.words = words;
  }

  /// Whether a result of [Libc] is this error; it hands errors out as negative numbers.
  boolean is(long result) {
    return result == -value;
  }

  /// The exception for a negative result; a [BindException] where a port is taken.
  static IOException exception(String call, long result) {
    for (Errno errno : values()) {
      if (errno.is(result)) {
        if (errno == EADDRINUSE) {
          return new BindException(call + ": " + errno.words + " (" + errno + ")");
        }
        return new IOException(call + ": " + errno.words + " (" + errno + ")");
      }
    }
    return new IOException(call + ": errno " + -result);
  }
}
