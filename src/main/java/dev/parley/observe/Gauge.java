package dev.parley.observe;

/// What the enterprise half is measured by: a row each. Labels are fixed; no user's name ever
/// becomes one.
public enum Gauge {
  SOCKETS("signal_sockets", "Signaling WebSockets open"),
  ROOMS("rooms_live", "Rooms with someone in them or expected back"),
  PARTICIPANTS("participants", "People and bots in rooms, the lobby not counted"),
  REFUSALS("signal_refusals", "Requests answered with an error since the start"),
  TURN_ALLOCATIONS("turn_allocations", "TURN allocations that live"),
  RELAYED("signal_relayed", "Offers, answers and candidates relayed since the start"),
  WEBHOOKS_UNWRITTEN("webhooks_unwritten", "Events that are not in the database yet"),
  WEBHOOKS_PENDING("webhooks_pending", "Events in the database that have not arrived"),
  WEBHOOKS_DEAD("webhooks_dead", "Events that were given up and wait for an administrator"),
  WEBHOOKS_DELIVERED("webhooks_delivered", "Events that have arrived, since the start"),
  WEBHOOKS_FAILED("webhooks_failed", "Tries to deliver one that failed, since the start"),
  LOAD("load_percent", "Share of the last quarter of a second that the busiest loop worked"),
  LATENESS(
      "late_microseconds", "How late the latest loop came to a deadline at worst in that time"),
  OVERLOAD(
      "overload_step",
      "What the loop with most to do does without: 0 nothing, 1 the largest pictures, 2 pictures a"
          + " second and videos of large rooms too, 3 refuses newcomers");

  private final String label;
  private final String meaning;

  Gauge(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /// The name as metrics show it, in snake case, with `parley_` before it.
  public String label() {
    return label;
  }

  /// One sentence for the metrics page and the reference.
  public String meaning() {
    return meaning;
  }
}
