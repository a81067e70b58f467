package dev.parley.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// Gives components their settings, each read and checked once, and the clock.
@ApplicationScoped
class Wiring {
  private static Config config() {
    return ConfigProvider.getConfig();
  }

  @Produces
  @Singleton
  DataSettings data() {
    return DataSettings.read(config());
  }

  @Produces
  @Singleton
  DatabaseSettings database() {
    return DatabaseSettings.read(config());
  }

  @Produces
  @Singleton
  ListenSettings listen() {
    return ListenSettings.read(config());
  }

  @Produces
  @Singleton
  MediaSettings media() {
    return MediaSettings.read(config());
  }

  @Produces
  @Singleton
  RoomSettings rooms() {
    return RoomSettings.read(config());
  }

  @Produces
  @Singleton
  SignalSettings signal() {
    return SignalSettings.read(config());
  }

  @Produces
  @Singleton
  HookSettings hooks() {
    return HookSettings.read(config());
  }

  @Produces
  @Singleton
  NodeName node(DataSettings data) {
    return NodeName.of(data);
  }

  @Produces
  @Singleton
  IdentitySettings identity() {
    return IdentitySettings.read(config());
  }

  @Produces
  @Singleton
  Secrets secrets(DataSettings data, IdentitySettings identity) {
    return Secrets.open(data, identity);
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }
}
