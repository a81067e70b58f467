package dev.parley.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;

/// The laws of the house, each a rule that holds below a root package: the real one, or a seeded
/// one that breaks it.
enum Laws {
  IMPORTS {
    @Override
    ArchRule below(String root) {
      return ArchRuleDefinition.classes().should(importOnlyWhatTheArrowsAllow(root));
    }
  },
  NO_PACKAGE_CYCLES {
    @Override
    ArchRule below(String root) {
      return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }
  },
  STATIC_FIELDS_ARE_FINAL {
    @Override
    ArchRule below(String root) {
      return fields().that().areStatic().should().beFinal();
    }
  },
  ENTITIES_LIVE_WITH_THEIR_COMPONENT {
    @Override
    ArchRule below(String root) {
      return noClasses()
          .that()
          .resideOutsideOfPackages(root + ".identity..", root + ".room..", root + ".recording..")
          .should()
          .beAnnotatedWith("jakarta.persistence.Entity")
          .allowEmptyShould(true);
    }
  },
  ENGINES_TOUCH_NO_OUTSIDE_WORLD {
    @Override
    ArchRule below(String root) {
      return noClasses()
          .that(areSansIo(root))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "java.nio.channels..", "java.util.concurrent..")
          .orShould()
          .dependOnClassesThat(
              describe("are sockets or threads", type -> OUTSIDE.contains(type.getName())));
    }
  },
  ENGINES_ASK_NO_CLOCK_NOR_NAME_SERVER {
    @Override
    ArchRule below(String root) {
      return noClasses()
          .that(areSansIo(root))
          .should()
          .callCodeUnitWhere(
              describe(
                  "asks a clock, a name server or the system's randomness",
                  call -> FORBIDDEN_CALLS.contains(targetName(call.getTarget()))));
    }
  },
  NAMES_SAY_WHAT_A_THING_IS {
    @Override
    ArchRule below(String root) {
      return noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameStartingWith("Abstract")
          .orShould()
          .haveSimpleNameStartingWith("Base");
    }
  },
  METHODS_DO_NOT_GET {
    @Override
    ArchRule below(String root) {
      // What an interface of the platform prescribes keeps its name; those overrides are told by
      // @Override's target.
      return methods()
          .that(describe("are our own", method -> !Prescribed.bySupertype(method)))
          .should()
          .haveNameNotMatching("get[A-Z].*")
          .allowEmptyShould(true);
    }
  },
  FOREIGN_MESSAGES_STAY_BEHIND_THEIR_DOOR {
    @Override
    ArchRule below(String root) {
      return noClasses()
          .that()
          .resideOutsideOfPackage(root + ".door.livekit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("livekit..", "com.google.protobuf..");
    }
  },
  NO_DUMPING_GROUNDS {
    @Override
    ArchRule below(String root) {
      return noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..common..",
              "..core..",
              "..impl..",
              "..service..",
              "..model..",
              "..dto..");
    }
  };

  private static final Set<String> OUTSIDE =
      Set.of(
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.net.Socket",
          "java.net.ServerSocket",
          "java.net.DatagramSocket",
          "java.security.SecureRandom");

  private static final Set<String> FORBIDDEN_CALLS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.time.Instant.now",
          "java.time.Clock.systemUTC",
          "java.security.SecureRandom.<init>",
          "java.util.Random.<init>",
          "java.util.UUID.randomUUID",
          "java.net.InetAddress.getByName",
          "java.net.InetAddress.getAllByName",
          "java.net.InetAddress.getHostName",
          "java.net.InetAddress.getCanonicalHostName");

  /// The rule for all classes below a root package.
  abstract ArchRule below(String root);

  private static String targetName(CodeUnitCallTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }

  /// wire, protocol and engine; protocol.dtls runs BouncyCastle's blocking handshake on a virtual
  /// thread, the one exception that the architecture writes down.
  private static DescribedPredicate<JavaClass> areSansIo(String root) {
    return describe(
        "are sans-I/O",
        type -> {
          String name = type.getPackageName();
          return (name + ".").startsWith(root + ".wire.")
              || (name + ".").startsWith(root + ".engine.")
              || (name + ".").startsWith(root + ".protocol.")
                  && !(name + ".").startsWith(root + ".protocol.dtls.");
        });
  }

  private static ArchCondition<JavaClass> importOnlyWhatTheArrowsAllow(String root) {
    return new ArchCondition<>("import only what the arrows allow") {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        for (var dependency : from.getDirectDependenciesFromSelf()) {
          String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
          if (to.startsWith(root + ".")
              && !Arrows.allowed(below(from.getPackageName()), below(to))) {
            events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
          }
        }
      }

      private String below(String name) {
        return name.equals(root) ? "" : name.substring(root.length() + 1);
      }
    };
  }
}
