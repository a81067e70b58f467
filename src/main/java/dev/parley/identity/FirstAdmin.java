package dev.parley.identity;

import dev.parley.config.IdentitySettings;
import dev.parley.identity.IdentityRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// The first administrator: made at a start that finds no account at all.
@ApplicationScoped
public class FirstAdmin {
  static final String NAME = "admin";

  private final Accounts accounts;
  private final IdentitySettings settings;

  /// The account just made.
  ///
  /// @param account its name
  /// @param password its generated password, told this once; empty where the settings gave one
  public record Made(String account, Optional<String> password) {
    @Override
    public String toString() {
      return "Made[" + account + "]";
    }
  }

  /// For the container's proxy.
  FirstAdmin() {
    this(null, null);
  }

  @Inject
  public FirstAdmin(Accounts accounts, IdentitySettings settings) {
    this.accounts = accounts;
    this.settings = settings;
  }

  /// Makes the account where there is none; empty where there is one, or another node was faster.
  public Optional<Made> ensure() {
    if (!accounts.isEmpty()) {
      return Optional.empty();
    }
    // 16 letters of 4.95 bits: 79 bits, typed once from the console.
    String generated =
        String.join("-", Texts.random(4), Texts.random(4), Texts.random(4), Texts.random(4));
    try {
      accounts.create(
          NAME, "Administrator", settings.adminPassword().orElse(generated), Role.ADMIN);
    } catch (IdentityRefused e) {
      if (e.reason() == Reason.ACCOUNT_EXISTS) {
        return Optional.empty();
      }
      throw new IllegalStateException("cannot make the first administrator: " + e.getMessage());
    }
    return Optional.of(
        new Made(
            NAME,
            settings.adminPassword().isPresent() ? Optional.empty() : Optional.of(generated)));
  }
}
