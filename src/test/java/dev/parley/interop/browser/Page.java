package dev.parley.interop.browser;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One window of a [Browser]: goes to addresses, runs scripts in the page, presses keys, takes
/// pictures.
public final class Page implements AutoCloseable {
  /// How often [#await] looks again, in milliseconds.
  private static final int LOOK_EVERY = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BidiConnection connection;
  private final String context;
  private final List<String> console = new CopyOnWriteArrayList<>();

  /// Why the last condition did not hold, where it threw.
  private String last = "";

  Page(BidiConnection connection, String kind) {
    this.connection = connection;
    context =
        connection
            .command("browsingContext.create", object("type", kind).build())
            .getString("context");
    connection.listen(this::heard);
  }

  private void heard(String method, JsonObject entry) {
    JsonObject source = entry.getJsonObject("source");
    if ("log.entryAdded".equals(method)
        && source != null
        && context.equals(source.getString("context", ""))) {
      console.add(entry.getString("level", "") + ": " + text(entry.get("text")));
    }
  }

  void before(String function) {
    connection.command(
        "script.addPreloadScript",
        object("functionDeclaration", function)
            .add("contexts", Json.createArrayBuilder().add(context))
            .build());
  }

  /// Goes to an address and waits until the page is loaded.
  public void go(URI address) {
    connection.command(
        "browsingContext.navigate",
        object("context", context).add("url", address.toString()).add("wait", "complete").build());
  }

  /// What the page wrote to its console, and its uncaught exceptions, as `level: text`.
  public List<String> console() {
    return List.copyOf(console);
  }

  /// Evaluates an expression in the page; a promise is awaited.
  ///
  /// @return its value as JSON
  /// @throws BrowserFailure where it throws
  public JsonValue evaluate(String expression) {
    String wrapped = "(async () => JSON.stringify((await (" + expression + ")) ?? null))()";
    JsonObject result =
        connection.command(
            "script.evaluate",
            object("expression", wrapped)
                .add("target", object("context", context))
                .add("awaitPromise", true)
                .add("userActivation", true)
                .build());
    if (!"success".equals(result.getString("type"))) {
      String text = result.getJsonObject("exceptionDetails").getString("text", "");
      throw new BrowserFailure(text + " in " + expression);
    }
    String json = result.getJsonObject("result").getString("value");
    return Json.createReader(new StringReader(json)).readValue();
  }

  public String text(String expression) {
    return text(evaluate(expression));
  }

  public double number(String expression) {
    return ((JsonNumber) evaluate(expression)).doubleValue();
  }

  public boolean truth(String expression) {
    return evaluate(expression) == JsonValue.TRUE;
  }

  /// Waits until an expression holds in the page. One that throws does not hold yet: the page may
  /// be on its way to another address.
  ///
  /// @throws BrowserFailure where it does not within half a minute, with what the page shows then
  public void await(String condition) {
    if (!comes(condition, PATIENCE)) {
      throw new BrowserFailure(
          "never: %s%s%nconsole: %s%npage: %s"
              .formatted(condition, last, console, text("document.body.innerText.slice(0, 2000)")));
    }
  }

  /// Waits for so long until an expression holds in the page, and says whether it does.
  public boolean comes(String condition, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    last = "";
    while (System.nanoTime() < end) {
      try {
        if (truth("Boolean(await (" + condition + "))")) {
          return true;
        }
        last = "";
      } catch (BrowserFailure e) {
        last = "\nlast: " + e.getMessage();
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrowserFailure("interrupted", e);
    }
  }

  /// Clicks the element that a CSS selector finds, once it is there and not disabled.
  public void click(String selector) {
    String element = "document.querySelector('" + selector + "')";
    await(element + " && !" + element + ".disabled && " + element + ".checkVisibility()");
    evaluate("void " + element + ".click()");
  }

  /// Fills a field as if typed.
  public void fill(String selector, String value) {
    String quoted = Json.createValue(value).toString();
    await("document.querySelector('" + selector + "')?.checkVisibility()");
    evaluate(
        "(() => { const f = document.querySelector('%s'); f.value = %s;".formatted(selector, quoted)
            + " f.dispatchEvent(new Event('input', {bubbles: true})); })()");
  }

  /// Presses keys one after another: characters, or the code points WebDriver gives to named keys.
  public void press(String... keys) {
    JsonArrayBuilder actions = Json.createArrayBuilder();
    for (String key : keys) {
      key.codePoints()
          .mapToObj(Character::toString)
          .forEach(
              value ->
                  actions
                      .add(object("type", "keyDown").add("value", value))
                      .add(object("type", "keyUp").add("value", value)));
    }
    JsonObjectBuilder keyboard =
        object("type", "key").add("id", "keyboard").add("actions", actions);
    connection.command(
        "input.performActions",
        object("context", context).add("actions", Json.createArrayBuilder().add(keyboard)).build());
  }

  /// Sets the size of the window's content in CSS pixels.
  public void viewport(int width, int height) {
    connection.command(
        "browsingContext.setViewport",
        object("context", context)
            .add("viewport", Json.createObjectBuilder().add("width", width).add("height", height))
            .build());
  }

  /// Takes a picture of the window's content.
  public void screenshot(Path png) {
    String data =
        connection
            .command("browsingContext.captureScreenshot", object("context", context).build())
            .getString("data");
    try {
      Files.write(png, Base64.getDecoder().decode(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    connection.command("browsingContext.close", object("context", context).build());
  }

  private static JsonObjectBuilder object(String key, String value) {
    return Json.createObjectBuilder().add(key, value);
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : String.valueOf(value);
  }
}
