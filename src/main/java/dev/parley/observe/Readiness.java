package dev.parley.observe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Ready while the database answers and every listener that was asked for serves (`/health/ready`);
/// what else is wrong is noted there.
@ApplicationScoped
@org.eclipse.microprofile.health.Readiness
public class Readiness implements HealthCheck {
  private final Readings readings;

  /// For the container's proxy only.
  protected Readiness() {
    this(null);
  }

  @Inject
  public Readiness(Readings readings) {
    this.readings = readings;
  }

  @Override
  public HealthCheckResponse call() {
    boolean database = readings.databaseAnswers();
    var troubles = readings.troubles();
    var response =
        HealthCheckResponse.named("parley")
            .withData("database", database ? "up" : "down")
            .withData("loops", readings.loops().size())
            .status(database && troubles.isEmpty());
    for (int i = 0; i < troubles.size(); i++) {
      response.withData("trouble-" + i, troubles.get(i));
    }
    var notes = readings.notes();
    for (int i = 0; i < notes.size(); i++) {
      response.withData("note-" + i, notes.get(i));
    }
    return response.build();
  }
}
