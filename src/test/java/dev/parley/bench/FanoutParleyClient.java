package dev.parley.bench;

final class FanoutParleyClient implements FanoutClient {
  FanoutParleyClient(int number, boolean sample, String url, String key) {}

  public void connect() {}

  public int receivers() {
    return 0;
  }

  public FanoutSource source() {
    return null;
  }

  public void turn(long millis) {}

  public FanoutLoad.Outcome counts() {
    return null;
  }
}
