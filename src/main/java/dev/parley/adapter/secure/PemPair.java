package dev.parley.adapter.secure;

import java.nio.file.Path;

/// Where a certificate is kept.
///
/// @param chain PEM: the server's certificate first, then those that lead to the root
/// @param key PEM: the private key, unencrypted, as PKCS#8, PKCS#1 or SEC1
public record PemPair(Path chain, Path key) {}
