package dev.wheelhouse.parser;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Takes from this process and all its threads what reading a file does not need, for good: by a filter of
/// Linux for system calls, which needs no right and no library.
final class Cage {

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int ERRNO = 0x00050000;
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int ENOSYS = 38;

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_SET = 0x45;
    private static final int RETURN = 0x06;

    private static final int CLONE_THREAD = 0x10000;
    private static final int CLONE3 = 435;

    /// Sockets, programs, other processes, mounts, keys, deleting and renaming.
    private static final int[] DENIED_X64 = {
        41, 42, 43, 49, 50, 53, 57, 58, 59, 82, 83, 84, 86, 87, 88, 90, 92, 101, 133, 155, 161, 165, 248, 250, 258, 259,
        260, 263, 264, 265, 266, 268, 272, 288, 298, 304, 308, 310, 311, 316, 319, 321, 322, 323, 425, 426, 427
    };

    private static final int[] DENIED_ARM = {
        33, 34, 35, 36, 37, 38, 40, 51, 53, 54, 97, 117, 198, 199, 200, 201, 202, 203, 217, 219, 221, 241, 242, 265,
        268, 270, 271, 276, 279, 280, 281, 282, 425, 426, 427
    };

    private record Rule(int code, int whenTrue, int whenFalse, int value) {}

    private Cage() {}

    /// Whether this system has such filters for this processor.
    static boolean isPossible() {
        String arch = System.getProperty("os.arch");
        return System.getProperty("os.name").equals("Linux") && (arch.equals("amd64") || arch.equals("aarch64"));
    }

    /// Throws where the system refuses.
    static void shut() throws Throwable {
        boolean isX64 = System.getProperty("os.arch").equals("amd64");
        var rules = rules(isX64);
        var linker = Linker.nativeLinker();
        var symbols = linker.defaultLookup();
        var prctl = linker.downcallHandle(
                symbols.find("prctl").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        var call = linker.downcallHandle(
                symbols.find("syscall").orElseThrow(),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS),
                Linker.Option.firstVariadicArg(1));
        try (var arena = Arena.ofConfined()) {
            var program = written(rules, arena);
            int noNewRights = (int) prctl.invoke(38, 1L, 0L, 0L, 0L);
            // seccomp(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, program)
            long filtered = (long) call.invoke(isX64 ? 317L : 277L, 1L, 1L, program);
            if (noNewRights != 0 || filtered != 0) {
                throw new IllegalStateException("The cage was refused: %d, %d".formatted(noNewRights, filtered));
            }
        }
    }

    private static List<Rule> rules(boolean isX64) {
        var rules = new ArrayList<Rule>();
        rules.add(new Rule(LOAD, 0, 0, 4));
        rules.add(new Rule(IF_EQUAL, 1, 0, isX64 ? 0xC000003E : 0xC00000B7));
        rules.add(new Rule(RETURN, 0, 0, KILL));
        rules.add(new Rule(LOAD, 0, 0, 0));
        if (isX64) {
            // The other numbering of the same calls.
            rules.add(new Rule(IF_AT_LEAST, 0, 1, 0x40000000));
            rules.add(new Rule(RETURN, 0, 0, ERRNO | EPERM));
        }
        for (int denied : isX64 ? DENIED_X64 : DENIED_ARM) {
            refuse(rules, denied, EPERM);
        }
        for (int open : isX64 ? new int[] {2, 85, 257, 437} : new int[] {56, 437}) {
            refuse(rules, open, EACCES);
        }
        refuse(rules, CLONE3, ENOSYS);
        // A thread may be made, a process may not.
        rules.add(new Rule(IF_EQUAL, 0, 3, isX64 ? 56 : 220));
        rules.add(new Rule(LOAD, 0, 0, 16));
        rules.add(new Rule(IF_SET, 1, 0, CLONE_THREAD));
        rules.add(new Rule(RETURN, 0, 0, ERRNO | EPERM));
        rules.add(new Rule(RETURN, 0, 0, ALLOW));
        return rules;
    }

    private static void refuse(List<Rule> rules, int call, int error) {
        rules.add(new Rule(IF_EQUAL, 0, 1, call));
        rules.add(new Rule(RETURN, 0, 0, ERRNO | error));
    }

    private static MemorySegment written(List<Rule> rules, Arena arena) {
        var filter = arena.allocate(8L * rules.size(), 8);
        for (int at = 0; at < rules.size(); at++) {
            var rule = rules.get(at);
            filter.set(JAVA_SHORT, at * 8L, (short) rule.code());
            filter.set(JAVA_BYTE, at * 8L + 2, (byte) rule.whenTrue());
            filter.set(JAVA_BYTE, at * 8L + 3, (byte) rule.whenFalse());
            filter.set(JAVA_INT, at * 8L + 4, rule.value());
        }
        var program = arena.allocate(16, 8);
        program.set(JAVA_SHORT, 0, (short) rules.size());
        program.set(ADDRESS, 8, filter);
        return program;
    }
}
