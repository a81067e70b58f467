package dev.parley.interop.browser;

/// A browser or a page did not do what a test asked for.
public final class BrowserFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrowserFailure(String message) {
    super(message);
  }

  BrowserFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
