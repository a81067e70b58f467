package dev.parley.boot;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Loads what the application has not used yet.
///
/// Payara Micro unpacks the WAR into a directory and, when the process is told to end, deletes that
/// directory in one thread while another one still stops the application. Libraries are open files
/// and stay readable; a class with a file of its own that was not needed before is gone, and
/// whoever is in a room would not be told that the server stops.
final class OwnClasses {
  private static final Logger LOG = System.getLogger(OwnClasses.class.getName());
  private static final String SUFFIX = ".class";

  private OwnClasses() {}

  /// Starts loading in a thread of its own; nothing waits for it.
  static void load() {
    Thread.ofPlatform().daemon().name("parley-classes").start(OwnClasses::loadAll);
  }

  private static void loadAll() {
    var one = OwnClasses.class;
    try {
      for (String name : names(one.getResource(one.getSimpleName() + SUFFIX), one.getName())) {
        Class.forName(name, false, one.getClassLoader());
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException | LinkageError e) {
      // Stopped meanwhile, most likely.
      LOG.log(Level.DEBUG, "Not all classes could be loaded", e);
    }
  }

  /// The classes that lie in the same tree of directories as one of them; none where that one is in
  /// an archive.
  ///
  /// @param file where the one is, or null
  /// @param name its binary name
  static List<String> names(URL file, String name) throws IOException, URISyntaxException {
    if (file == null || !file.getProtocol().equals("file")) {
      return List.of();
    }
    Path at = Path.of(file.toURI());
    for (int steps = name.split("\\.").length; steps > 0; steps--) {
      at = at.getParent();
    }
    Path root = at;
    try (var files = Files.walk(root)) {
      return files
          .map(path -> root.relativize(path).toString())
          .filter(path -> path.endsWith(SUFFIX) && !path.contains("-info"))
          .map(path -> path.substring(0, path.length() - SUFFIX.length()).replace('/', '.'))
          .toList();
    }
  }
}
