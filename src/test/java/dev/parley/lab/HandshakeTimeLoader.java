package dev.parley.lab;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Loads Parley, its tests and BouncyCastle's DTLS once more, such that handshakes know no time but
/// [HandshakeTime]: BouncyCastle asks the machine's clock and has no way to be given another.
public final class HandshakeTimeLoader extends ClassLoader {
  /// What [HandshakeTime] knows its loader by.
  static final String NAME = "handshakes";

  private static final ClassDesc TIME = ClassDesc.of("dev.parley.lab.HandshakeTime");
  private static final MethodTypeDesc POLL =
      MethodTypeDesc.of(
          ConstantDescs.CD_Object,
          BlockingQueue.class.describeConstable().orElseThrow(),
          ConstantDescs.CD_long,
          TimeUnit.class.describeConstable().orElseThrow());
  private static final MethodTypeDesc TAKE =
      MethodTypeDesc.of(ConstantDescs.CD_Object, POLL.parameterType(0));
  private static final MethodTypeDesc START =
      MethodTypeDesc.of(ConstantDescs.CD_void, Thread.class.describeConstable().orElseThrow());

  private HandshakeTimeLoader() {
    super(NAME, HandshakeTimeLoader.class.getClassLoader());
  }

  /// Runs what a class does where handshakes know virtual time only.
  ///
  /// @param what has a constructor without arguments
  public static void run(Class<? extends Runnable> what) {
    try {
      Class<?> again = new HandshakeTimeLoader().loadClass(what.getName());
      var constructor = again.getDeclaredConstructor();
      constructor.setAccessible(true);
      ((Runnable) constructor.newInstance()).run();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean ours(String name) {
    return name.startsWith("dev.parley.") || name.startsWith("org.bouncycastle.tls.");
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!ours(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] octets = in.readAllBytes();
      boolean timed =
          name.startsWith("org.bouncycastle.tls.") || name.startsWith("dev.parley.protocol.dtls.");
      byte[] defined = timed ? timed(octets) : octets;
      return defineClass(name, defined, 0, defined.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static byte[] timed(byte[] octets) {
    ClassFile files = ClassFile.of();
    CodeTransform calls = HandshakeTimeLoader::call;
    return files.transformClass(
        files.parse(octets), ClassTransform.transformingMethodBodies(calls));
  }

  private static void call(CodeBuilder code, CodeElement element) {
    String called =
        element instanceof InvokeInstruction invoke
            ? invoke.owner().asInternalName() + "." + invoke.name().stringValue()
            : "";
    String type = element instanceof InvokeInstruction invoke ? invoke.type().stringValue() : "";
    switch (called) {
      case "java/lang/System.currentTimeMillis" ->
          code.invokestatic(TIME, "millis", MethodTypeDesc.of(ConstantDescs.CD_long));
      case "java/lang/Thread.start" -> code.invokestatic(TIME, "start", START);
      case "java/util/concurrent/BlockingQueue.take" -> code.invokestatic(TIME, "take", TAKE);
      case "java/util/concurrent/BlockingQueue.poll" -> {
        if (type.startsWith("(J")) {
          code.invokestatic(TIME, "poll", POLL);
        } else {
          code.with(element);
        }
      }
      default -> code.with(element);
    }
  }
}
