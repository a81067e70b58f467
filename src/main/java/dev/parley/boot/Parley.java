package dev.parley.boot;

import dev.parley.config.DataSettings;
import dev.parley.config.ListenSettings;
import dev.parley.config.LiveTurnSettings;
import dev.parley.config.MediaSettings;
import dev.parley.config.Migrations;
import dev.parley.config.ParleyDataSource;
import dev.parley.config.Secrets;
import dev.parley.hook.Courier;
import dev.parley.identity.FirstAdmin;
import dev.parley.media.MediaEvent;
import dev.parley.media.OverloadStep;
import dev.parley.media.SfuEvent;
import dev.parley.observe.Metrics;
import dev.parley.room.Ledger;
import dev.parley.room.Rooms;
import dev.parley.signal.Signaling;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/// Brings the house up in order (tables, first administrator, media half, metrics) and takes it
/// down in reverse.
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ManagedThreadFactoryDefinition(name = "java:app/concurrent/loops", priority = 7)
public class Parley {
  private static final System.Logger LOG = System.getLogger(Parley.class.getName());

  @Resource(lookup = "java:app/jdbc/parley")
  private DataSource database;

  @Resource(lookup = "java:app/concurrent/loops")
  private ManagedThreadFactory threads;

  @Inject private DataSettings data;
  @Inject private ListenSettings listen;
  @Inject private MediaSettings limits;
  @Inject private LiveTurnSettings turn;
  @Inject private LiveTurnDesk desk;
  @Inject private LiveSfuDesk sfu;
  @Inject private LiveMediaDesk described;
  @Inject private InstantSource clock;

  /// Injected to be opened: whoever installs finds the API key in the data directory at once, and
  /// an unreadable one stops the start and not the first login.
  @Inject private Secrets secrets;

  @Inject private FirstAdmin firstAdmin;
  @Inject private Rooms rooms;
  @Inject private Ledger ledger;
  @Inject private Courier courier;
  @Inject private Signaling signaling;
  @Inject private LiveReadings readings;
  @Inject private Metrics metrics;

  private TurnCertificates certificates;
  private MediaHalf media;
  private Herald herald;

  @PostConstruct
  void start() {
    Migrations.migrate(database);
    String password = firstAdmin.ensure().flatMap(FirstAdmin.Made::password).orElse(null);
    ledger.open();
    courier.open();
    rooms.list().forEach(signaling::expect);
    certificates = TurnCertificates.of(turn.now());
    TurnPlan plan = TurnPlan.of(listen, turn.now(), secrets.derive("turn"));
    media =
        MediaHalf.start(
            listen.loops(),
            List.of(
                plan.service(desk.policy(), clock, certificates.served()),
                plan.media().around(new SfuPlan(listen, plan.addresses()).service(limits, clock))),
            this::told,
            threads);
    desk.serve(media);
    desk.media(plan.media().stand(plan.advertised()));
    sfu.serve(media, limits.spread());
    described.serve(media);
    readings.serve(media);
    metrics.offer(readings, listen.loops());
    herald = Herald.announce(data.dir(), password, media, desk::follow);
    OwnClasses.load();
  }

  /// Hands on what the loops tell; on whatever thread, at once.
  private void told(MediaEvent event) {
    switch (event) {
      case SfuEvent.RoomDescribed answer -> described.accept(answer);
      case SfuEvent told -> {
        sfu.told(told);
        signaling.told(told);
      }
      case MediaEvent.Overload(int loop, OverloadStep step) ->
          LOG.log(Level.WARNING, "loop {0} has {1}", loop, does(step));
      default -> desk.accept(event);
    }
  }

  /// What an administrator is to know of it.
  private static String does(OverloadStep step) {
    return switch (step) {
      case NONE -> "no more to do than it can: nothing is done without";
      case SMALLER -> "too much to do: the largest pictures are left out";
      case FEWER -> "too much to do: fewer pictures a second, fewer videos of large rooms";
      case FULL -> "far too much to do: newcomers are refused";
    };
  }

  /// Takes the house down while its classes can still be loaded: when Payara destroys this bean it
  /// has closed the class loader already, and what was never used before (a stop command, say) is
  /// not to be found any more.
  public void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    stop();
  }

  /// Where a server destroys beans without that event; does nothing the second time.
  @PreDestroy
  void stop() {
    if (media != null) {
      herald.stop();
      // First those who are told to come back, then what would look to them like a broken peer.
      signaling.stop();
      sfu.stop();
      described.stop();
      media.stop();
      ledger.close();
      courier.close();
      certificates.close();
      media = null;
      ParleyDataSource.deregisterDrivers();
    }
  }
}
