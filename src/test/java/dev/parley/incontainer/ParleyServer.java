package dev.parley.incontainer;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.List;

/// STUB of the branch `page`: starts the fake of src/test/browser. The founder's class replaces it.
public final class ParleyServer implements AutoCloseable {
  private final Process process;
  private final JsonObject facts;

  private ParleyServer(Process process, JsonObject facts) {
    this.process = process;
    this.facts = facts;
  }

  public static ParleyServer start(String... settings) {
    try {
      Process process =
          new ProcessBuilder(List.of("node", "src/test/browser/fake.mjs", "src/main/webapp"))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String line = process.inputReader().readLine();
      return new ParleyServer(process, Json.createReader(new StringReader(line)).readObject());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI http() {
    return URI.create("http://127.0.0.1:" + facts.getInt("port"));
  }

  public String adminPassword() {
    return facts.getString("password");
  }

  public String apiKeyId() {
    return facts.getString("key");
  }

  public String apiKeySecret() {
    return facts.getString("secret");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
