package dev.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LawsTest {
  private static final String HOUSE = "dev.parley";
  private static final String SEEDED = "dev.parley.house.seeded";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOUSE);
  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(SEEDED);

  @ParameterizedTest
  @EnumSource
  void theHouseKeepsTheLaw(Laws law) {
    law.below(HOUSE).check(CLASSES);
  }

  @ParameterizedTest
  @EnumSource
  void theLawFindsTheSeededViolation(Laws law) {
    assertTrue(law.below(SEEDED).evaluate(VIOLATIONS).hasViolation(), law + " finds nothing");
  }

  @Test
  void everyPackageOfTheHouseHasARow() {
    Set<String> strangers = new TreeSet<>();
    for (var type : CLASSES) {
      String name = type.getPackageName();
      if (name.length() > HOUSE.length()) {
        strangers.add(Arrows.owner(name.substring(HOUSE.length() + 1)));
      }
    }
    strangers.removeAll(Arrows.rows());
    strangers.remove("boot");
    assertEquals(Set.of(), strangers);
  }

  @ParameterizedTest
  @EnumSource
  void theImportLawFindsEachForbiddenArrow(ForbiddenArrow arrow) {
    assertEquals(false, Arrows.allowed(arrow.from, arrow.to), arrow.from + " to " + arrow.to);
  }

  /// One arrow of each kind that the architecture forbids.
  enum ForbiddenArrow {
    WIRE_KNOWS_NOBODY("wire", "media"),
    MEDIA_KNOWS_NOBODY("media", "wire"),
    PROTOCOLS_ARE_APART("protocol.stun", "protocol.ice"),
    PROTOCOLS_KNOW_NO_ENGINE("protocol.stun", "engine"),
    TURN_KNOWS_NO_OTHER_ENGINE("engine.turn", "engine.sfu"),
    PEER_KNOWS_NO_ROUTER("engine.peer", "engine.sfu"),
    ENGINES_KNOW_NO_ADAPTER("engine.turn", "adapter"),
    ADAPTER_KNOWS_NO_PROTOCOL("adapter", "protocol.stun"),
    ADAPTER_KNOWS_NO_SETTINGS("adapter", "config"),
    ONLY_BOOT_KNOWS_THE_ADAPTER("door.rest", "adapter"),
    IDENTITY_KNOWS_NO_ROOM("identity", "room"),
    SIGNAL_KNOWS_NO_DOOR("signal", "door.json"),
    SIGNAL_KNOWS_NO_ENGINE("signal", "engine"),
    DOORS_ARE_APART("door.json", "door.rest"),
    DELIVERY_KNOWS_NO_DOOR("hook", "door.livekit"),
    DELIVERY_KNOWS_NO_MEETING("hook", "signal"),
    NO_DOOR_KNOWS_DELIVERY("door.rest", "hook"),
    OBSERVE_KNOWS_NO_ROOM("observe", "room"),
    NOBODY_KNOWS_BOOT("door.rest", "boot"),
    NOBODY_KNOWS_OBSERVE("signal", "observe"),
    NOBODY_KNOWS_CLUSTER("room", "cluster");

    private final String from;
    private final String to;

    ForbiddenArrow(String from, String to) {
      this.from = from;
      this.to = to;
    }
  }
}
