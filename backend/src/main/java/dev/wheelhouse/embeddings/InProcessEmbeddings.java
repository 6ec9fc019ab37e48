package dev.wheelhouse.embeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// all-MiniLM-L6-v2, quantized, on one core of this process: 384 numbers for up to 256 word pieces of
/// English.
final class InProcessEmbeddings implements EmbeddingModel, AutoCloseable {

    static final String NAME = "all-minilm-l6-v2-q";
    static final String MODEL = NAME + ".onnx";
    static final String TOKENIZER = NAME + "-tokenizer.json";

    private static final Logger LOG = LoggerFactory.getLogger(InProcessEmbeddings.class);

    private static final int DIMENSIONS = 384;

    /// What it was trained for.
    private static final int MOST_PIECES = 256;

    /// Bytes. The native library goes deeper than the small stacks of our own threads allow, and its overflow ends
    /// the process.
    private static final long STACK = 8L << 20;

    private final Path dir;
    // Passages leave a core to questions.
    private final Semaphore passages = new Semaphore(1, true);
    // The native library is not to be closed under a thread that is in it: the process would crash.
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private volatile @Nullable Loaded loaded;
    private boolean isClosed;

    InProcessEmbeddings(Path dir) {
        this.dir = dir;
    }

    private record Loaded(OrtEnvironment environment, OrtSession session, WordPieces pieces) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isMultilingual() {
        return false;
    }

    @Override
    public Integer dimensions() {
        return DIMENSIONS;
    }

    @Override
    public Embedded embed(List<String> texts, Purpose purpose) throws InterruptedException {
        var model = loaded();
        float[][] vectors = new float[texts.size()][];
        long tokens = 0;
        for (int at = 0; at < vectors.length; at++) {
            int[] ids = model.pieces.ids(texts.get(at), MOST_PIECES);
            vectors[at] = purpose == Purpose.QUESTION ? deep(() -> run(model, ids)) : inTurn(model, ids);
            tokens += ids.length;
        }
        return new Embedded(vectors, tokens);
    }

    private <T> T deep(Callable<T> work) throws InterruptedException {
        var task = new FutureTask<>(() -> used(work));
        Thread.ofPlatform().name("embed").daemon().stackSize(STACK).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /// Who waits for it may be interrupted; the native library is not.
    private <T> T used(Callable<T> work) throws Exception {
        use.readLock().lock();
        try {
            if (isClosed) {
                throw new Problem(ErrorCode.NOT_READY, "The embedding model is closed, since this replica stops");
            }
            return work.call();
        } finally {
            use.readLock().unlock();
        }
    }

    private float[] inTurn(Loaded model, int[] ids) throws InterruptedException {
        passages.acquire();
        try {
            return deep(() -> run(model, ids));
        } finally {
            passages.release();
        }
    }

    private static float[] run(Loaded model, int[] ids) {
        long[] pieces = new long[ids.length];
        long[] ones = new long[ids.length];
        for (int at = 0; at < ids.length; at++) {
            pieces[at] = ids[at];
            ones[at] = 1;
        }
        long[] shape = {1, ids.length};
        try (var input = OnnxTensor.createTensor(model.environment, LongBuffer.wrap(pieces), shape);
                var mask = OnnxTensor.createTensor(model.environment, LongBuffer.wrap(ones), shape);
                var kinds = OnnxTensor.createTensor(model.environment, LongBuffer.wrap(new long[ids.length]), shape);
                var output = model.session.run(
                        Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", kinds))) {
            float[][][] hidden = (float[][][]) output.get(0).getValue();
            return mean(hidden[0]);
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model failed", e);
        }
    }

    private static float[] mean(float[][] hidden) {
        float[] sum = new float[hidden[0].length];
        for (float[] one : hidden) {
            for (int at = 0; at < sum.length; at++) {
                sum[at] += one[at];
            }
        }
        return Vectors.normalized(sum);
    }

    private Loaded loaded() throws InterruptedException {
        var known = loaded;
        return known == null ? deep(this::load) : known;
    }

    private synchronized Loaded load() {
        var known = loaded;
        return known == null ? read() : known;
    }

    private Loaded read() {
        var own = dir.resolve("ai/onnxruntime/native").resolve(platform());
        if (Files.isDirectory(own)) {
            System.setProperty("onnxruntime.native.path", own.toString());
        }
        var model = dir.resolve("minilm");
        try {
            var pieces = WordPieces.read(model.resolve(TOKENIZER));
            var environment = OrtEnvironment.getEnvironment();
            try (var options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                var session = environment.createSession(model.resolve(MODEL).toString(), options);
                LOG.info("The embedding model {} is loaded.", NAME);
                var read = new Loaded(environment, session, pieces);
                loaded = read;
                return read;
            }
        } catch (OrtException | IOException | RuntimeException | LinkageError e) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "The embedding model cannot be loaded: %s".formatted(e.getMessage() == null ? e : e.getMessage()),
                    "Look whether its files in knowledge.embeddings.dir are whole and this system can run them; a"
                            + " collection whose model is \"\" goes by words alone");
        }
    }

    /// As ONNX Runtime names it, such as `linux-x64`.
    private static String platform() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "osx" : "linux";
        return system + (System.getProperty("os.arch").contains("64") && !isArm() ? "-x64" : "-aarch64");
    }

    private static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }

    /// Waits for texts that are under way, and takes no more.
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            isClosed = true;
            if (loaded != null) {
                loaded.session.close();
            }
        } catch (OrtException e) {
            LOG.debug("The embedding model was not closed.", e);
        } finally {
            loaded = null;
            use.writeLock().unlock();
        }
    }
}
