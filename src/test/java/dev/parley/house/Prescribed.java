package dev.parley.house;

import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.Arrays;
import java.util.stream.Stream;

/// Which methods have a name that somebody else chose: the supertypes of the platform.
final class Prescribed {
  private Prescribed() {}

  static boolean bySupertype(JavaMethod method) {
    return supertypes(method.getOwner().reflect())
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .anyMatch(declared -> declared.getName().equals(method.getName()));
  }

  private static Stream<Class<?>> supertypes(Class<?> type) {
    Stream<Class<?>> direct = Arrays.stream(type.getInterfaces());
    if (type.getSuperclass() != null) {
      direct = Stream.concat(direct, Stream.of(type.getSuperclass()));
    }
    return direct.flatMap(parent -> Stream.concat(Stream.of(parent), supertypes(parent)));
  }
}
