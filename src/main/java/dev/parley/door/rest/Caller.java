package dev.parley.door.rest;

import dev.parley.identity.AccountView;
import dev.parley.identity.Grant;
import dev.parley.identity.Role;

/// Who calls: somebody logged in, an application with an access token, or nobody we know.
sealed interface Caller {
  /// Somebody who is logged in.
  record Person(AccountView account) implements Caller {}

  /// An application, or a participant, with an access token.
  record Bearer(Grant grant) implements Caller {}

  /// Neither cookie nor token.
  record Nobody() implements Caller {}

  /// Goes on where the caller may see which rooms there are.
  default void mayList() {
    check(
        switch (this) {
          case Person p -> true;
          case Bearer b -> b.grant().roomList();
          case Nobody n -> throw Refusal.notLoggedIn();
        });
  }

  /// Goes on where the caller may look at a room.
  default void maySee(String room) {
    check(
        switch (this) {
          case Person p -> true;
          case Bearer b -> b.grant().roomList() || concerns(b.grant(), room);
          case Nobody n -> throw Refusal.notLoggedIn();
        });
  }

  /// Goes on where the caller may make or delete a room.
  default void mayMake(String room) {
    check(
        switch (this) {
          case Person p -> p.account().role().hosts();
          case Bearer b -> b.grant().roomCreate() && concerns(b.grant(), room);
          case Nobody n -> throw Refusal.notLoggedIn();
        });
  }

  /// Goes on where the caller may change a room and invite people to it.
  default void mayModerate(String room) {
    check(
        switch (this) {
          case Person p -> p.account().role().hosts();
          case Bearer b -> b.grant().roomAdmin() && concerns(b.grant(), room);
          case Nobody n -> throw Refusal.notLoggedIn();
        });
  }

  /// Goes on where the caller may use the TURN server: whoever may be in a room may.
  default void mayRelay() {
    check(
        switch (this) {
          case Person p -> true;
          case Bearer b -> b.grant().roomJoin();
          case Nobody n -> throw Refusal.notLoggedIn();
        });
  }

  /// Goes on where the caller is an administrator who is logged in.
  default void mayAdminister() {
    check(
        switch (this) {
          case Person p -> p.account().role() == Role.ADMIN;
          case Bearer b -> false;
          case Nobody n -> throw Refusal.notLoggedIn();
        });
  }

  /// What is written down as the maker of something.
  default String identity() {
    return switch (this) {
      case Person p -> p.account().name();
      case Bearer b -> b.grant().identity();
      case Nobody n -> throw Refusal.notLoggedIn();
    };
  }

  private static boolean concerns(Grant grant, String room) {
    return grant.room() == null || grant.room().equals(room);
  }

  private static void check(boolean allowed) {
    if (!allowed) {
      throw Refusal.notAllowed();
    }
  }
}
