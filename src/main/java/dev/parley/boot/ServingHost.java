package dev.parley.boot;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The server that Parley is deployed on, as far as it says where it listens.
///
/// Payara Micro tells its HTTP ports only through its own runtime object, and only once it has come
/// up; asked by reflection, so that the WAR has no link to it and deploys elsewhere too.
final class ServingHost {
  private ServingHost() {}

  /// The HTTP ports, or nothing while the host is still coming up.
  ///
  /// @throws ReflectiveOperationException where the host is not Payara Micro
  static Optional<List<?>> httpPorts() throws ReflectiveOperationException {
    Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
    Object instance = micro.getMethod("getInstance").invoke(null);
    Object runtime;
    try {
      runtime = micro.getMethod("getRuntime").invoke(instance);
    } catch (java.lang.reflect.InvocationTargetException e) {
      return Optional.empty();
    }
    if (runtime == null) {
      return Optional.empty();
    }
    Class<?> type = Class.forName("fish.payara.micro.PayaraMicroRuntime");
    Object descriptor = type.getMethod("getLocalDescriptor").invoke(runtime);
    Class<?> described = Class.forName("fish.payara.micro.data.InstanceDescriptor");
    // It starts our beans before our servlets and sockets, and lists an application once all of it
    // has started; its ports answer with 500 until then.
    var started = (Collection<?>) described.getMethod("getDeployedApplications").invoke(descriptor);
    return started.isEmpty()
        ? Optional.empty()
        : Optional.of((List<?>) described.getMethod("getHttpPorts").invoke(descriptor));
  }
}
