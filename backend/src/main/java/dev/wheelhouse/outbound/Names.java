package dev.wheelhouse.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Turns a host name into addresses; another one in tests.
@FunctionalInterface
interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;

    /// Asks the system for the addresses of a name, on a few threads of its own: a name server that is silent would
    /// hold a carrier of the virtual threads, and with it every run of this replica.
    final class LookUp implements Names {

        private static final int MOST_AT_ONCE = 16;
        private static final int LONGEST_SECONDS = 5;

        private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
                0, MOST_AT_ONCE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> Thread.ofPlatform()
                        .daemon()
                        .name("look-up")
                        .unstarted(task));

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            Callable<InetAddress[]> ask = () -> InetAddress.getAllByName(host);
            var answer = new FutureTask<>(ask);
            try {
                threads.execute(answer);
                return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
                throw new UnknownHostException(host);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnknownHostException(host);
            }
        }
    }
}
