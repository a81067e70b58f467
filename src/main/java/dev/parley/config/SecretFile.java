package dev.parley.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/// A one-line file that only its owner may read, made once and then kept.
record SecretFile(Path path) {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIR =
      PosixFilePermissions.fromString("rwx------");

  /// The line in the file; made by `fresh` where there is no file.
  ///
  /// Two processes that start at once agree: the text is written beside the file and then linked to
  /// its name, which fails where the name exists, so nobody ever sees half a secret or a second
  /// one.
  String readOrCreate(Supplier<String> fresh) {
    try {
      if (!Files.exists(path)) {
        create(fresh.get());
      }
      String text = Files.readString(path, StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw new IllegalStateException(path + " is empty; restore it from a backup or delete it");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or create " + path, e);
    }
  }

  private void create(String text) throws IOException {
    directory(path.getParent());
    Path draft = Files.createTempFile(path.getParent(), ".new-", "", only(OWNER_FILE));
    try {
      try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(text + "\n");
        while (octets.hasRemaining()) {
          out.write(octets);
        }
        out.force(true);
      }
      link(draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void link(Path draft) throws IOException {
    try {
      Files.createLink(path, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its secret is the one.
    } catch (UnsupportedOperationException e) {
      // A file system without hard links: nothing better than a move that does not replace.
      Files.move(draft, path);
    }
  }

  /// Makes a directory that only its owner may enter; leaves one that exists as it is.
  static void directory(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      Files.createDirectories(dir, only(OWNER_DIR));
    }
  }

  private static FileAttribute<?>[] only(Set<PosixFilePermission> owner) {
    boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)}
        : new FileAttribute<?>[0];
  }
}
