package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A certificate authority of one test and a server certificate that it signed, as PEM files.
///
/// @param authority the certificate that a client has to trust
/// @param certificate the server's, for the name `localhost`, 127.0.0.1, ::1 and 203.0.113.10
/// @param key the server's private key, PKCS#8
public record Pem(Path authority, Path certificate, Path key) {
  private static final String NAMES =
      "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1,IP:203.0.113.10";

  /// Makes them with `openssl`.
  public static Pem make(Path directory) {
    Path authority = directory.resolve("authority.pem");
    Path authorityKey = directory.resolve("authority-key.pem");
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    Path request = directory.resolve("request.pem");
    Path extensions = directory.resolve("extensions.txt");
    String openssl = Foreign.program("openssl", "coturn");
    List<String> newKey =
        List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes");
    try {
      Files.writeString(
          extensions, NAMES + "\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n");
      run(openssl, newKey, "req -x509 -days 30 -subj /CN=Tests", authorityKey, authority);
      run(openssl, newKey, "req -subj /CN=localhost", key, request);
      Program.mustRun(
          List.of(
              openssl,
              "x509",
              "-req",
              "-days",
              "30",
              "-in",
              request.toString(),
              "-CA",
              authority.toString(),
              "-CAkey",
              authorityKey.toString(),
              "-CAcreateserial",
              "-extfile",
              extensions.toString(),
              "-out",
              certificate.toString()));
      return new Pem(authority, certificate, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(
      String openssl, List<String> newKey, String words, Path keyOut, Path certificateOut) {
    var command = new java.util.ArrayList<String>();
    command.add(openssl);
    command.addAll(List.of(words.split(" ")));
    command.addAll(newKey);
    command.addAll(List.of("-keyout", keyOut.toString(), "-out", certificateOut.toString()));
    Program.mustRun(command);
  }
}
