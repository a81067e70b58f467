package dev.parley.hook;

import dev.parley.identity.BodyToken;
import dev.parley.room.Outbox.Letter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// Sends events by HTTP, signed with an API key.
final class HttpPost implements Post, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final String key;
  private final byte[] secret;
  private final InstantSource clock;

  HttpPost(String key, byte[] secret, InstantSource clock) {
    this.key = key;
    this.secret = secret.clone();
    this.clock = clock;
  }

  @Override
  public void send(String url, Letter letter, Consumer<String> outcome) {
    try {
      byte[] body = letter.body().getBytes(StandardCharsets.UTF_8);
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(WHOLE)
              .header("Content-Type", "application/webhook+json")
              .header("Authorization", BodyToken.mint(key, secret, body, clock.instant()))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      client
          .sendAsync(request, HttpResponse.BodyHandlers.discarding())
          .whenComplete((answer, failure) -> outcome.accept(verdict(answer, failure)));
    } catch (RuntimeException e) {
      outcome.accept("not sent: " + e.getClass().getSimpleName());
    }
  }

  private static String verdict(HttpResponse<Void> answer, Throwable failure) {
    if (failure == null) {
      return answer.statusCode() / 100 == 2 ? null : "HTTP status " + answer.statusCode();
    }
    var cause =
        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    // The message may name the address, the class does not.
    return cause instanceof HttpTimeoutException
        ? "no answer in time"
        : "no connection: " + cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
