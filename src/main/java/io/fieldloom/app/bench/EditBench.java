package io.fieldloom.app.bench;

import io.fieldloom.domain.lint.Findings;
import io.fieldloom.domain.lint.Lint;
import io.fieldloom.domain.mapping.ExpressionCheck;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Platform;

/** Opens, edits, lints and saves a project of 100,000 mappings. */
public final class EditBench implements Benchmark {
    private static final int MAPPINGS = 100_000;
    private static final int EDITS = 500;
    private static final int PAINTED_SECONDS = 300;

    /** Transforms are checked once each; what that costs is not part of this measurement. */
    private static final ExpressionCheck NO_CHECK = expression -> Optional.empty();

    // Held, for the log system forgets levels of loggers that nobody holds.
    private static final Logger JAVAFX_LOG = Logger.getLogger("javafx");

    private final Supplier<Optional<String>> noWindow;

    /**
     * @param noWindow why no window can open here; empty when one can
     */
    public EditBench(Supplier<Optional<String>> noWindow) {
        this.noWindow = noWindow;
    }

    @Override
    public String name() {
        return "edit";
    }

    @Override
    public String purpose() {
        return "open, edit, lint, show and save a project of 100,000 mappings";
    }

    @Override
    public int run(PrintStream out) {
        try (BenchFolder folder = new BenchFolder()) {
            measure(folder.path(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return 0;
    }

    private void measure(Path folder, PrintStream out) throws IOException {
        Path file = folder.resolve("large.fieldloom.yaml");
        Files.writeString(file, text());
        out.printf(
                Locale.ROOT, "%,d mappings, %.1f MB%n", MAPPINGS, Files.size(file) / 1_000_000.0);
        Home home = new Home(folder.resolve("home"));
        ProjectEditor editor = timed(out, "open", () -> ProjectEditor.open(file, home));
        Findings findings =
                timed(out, "lint, all of it", () -> Lint.lint(editor.project(), NO_CHECK));
        singleEdits(editor, findings, out);
        timed(out, "rename a device under all", () -> rename(editor, "filler", "filler-2"));
        timed(out, "undo that", editor::undo);
        timed(
                out,
                "move the root of all",
                () -> editor.apply(new Edit.MoveBranch("acme", "acme-eu")));
        timed(out, "undo that", editor::undo);
        editor.apply(new Edit.SetName("Saved"));
        timed(
                out,
                "save",
                () -> {
                    editor.save();
                    return null;
                });
        painted(editor, home, out);
    }

    /** From an edit to its row on the screen, where there is a screen. */
    private void painted(ProjectEditor editor, Home home, PrintStream out) {
        Optional<String> why = noWindow.get();
        if (why.isPresent()) {
            out.println("an edit to its painted row: not measured, " + why.get());
            return;
        }
        // as the program does: a plain class path is a configuration that works
        JAVAFX_LOG.setLevel(Level.SEVERE);
        String topic = editor.project().mappings().keySet().iterator().next();
        CompletableFuture<List<Long>> nanos = new CompletableFuture<>();
        Platform.startup(
                () -> new PaintedEdits(editor, home, topic).measured().thenAccept(nanos::complete));
        print(
                out,
                "one edit to its painted row",
                nanos.orTimeout(PAINTED_SECONDS, TimeUnit.SECONDS).join());
    }

    private static Change rename(ProjectEditor editor, String from, String to) {
        return editor.apply(new Edit.RenameDevice(from, to));
    }

    private static void singleEdits(ProjectEditor editor, Findings all, PrintStream out) {
        Random random = new Random(1);
        List<String> topics = new ArrayList<>(editor.project().mappings().keySet());
        List<Long> edits = new ArrayList<>();
        List<Long> lints = new ArrayList<>();
        List<Long> undos = new ArrayList<>();
        Findings findings = all;
        for (int n = 0; n < EDITS; n++) {
            String topic = topics.get(random.nextInt(topics.size()));
            Mapping old = editor.project().mappings().get(topic);
            Edit edit =
                    switch (n % 3) {
                        case 0 -> new Edit.PutMapping(old.withRound(3));
                        case 1 -> new Edit.PutMapping(old.withTopic(topic + "-new"));
                        default -> new Edit.MoveBranch(topic, topic + "-renamed");
                    };
            long start = System.nanoTime();
            Change change = editor.apply(edit);
            edits.add(System.nanoTime() - start);
            start = System.nanoTime();
            findings = Lint.relint(findings, change, NO_CHECK);
            lints.add(System.nanoTime() - start);
            start = System.nanoTime();
            editor.undo();
            undos.add(System.nanoTime() - start);
            findings = Lint.relint(findings, change.reversed(), NO_CHECK);
        }
        print(out, "one edit, text included", edits);
        print(out, "lint after one edit", lints);
        print(out, "undo", undos);
    }

    private static void print(PrintStream out, String what, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "%-28s %8.3f ms median, %.3f ms p99, %.3f ms at most%n",
                what,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.get(sorted.size() - 1) / 1e6);
    }

    private static <T> T timed(PrintStream out, String what, Callable<T> work) throws IOException {
        long start = System.nanoTime();
        T result;
        try {
            result = work.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        out.printf(Locale.ROOT, "%-28s %8.0f ms%n", what, (System.nanoTime() - start) / 1e6);
        return result;
    }

    /** Entries as people write them, half of them in braces. */
    private static String text() {
        StringBuilder out = new StringBuilder(MAPPINGS * 200);
        out.append("fieldloom: 1\nname: Large\n\ndevices:\n");
        out.append("  filler: {endpoint: \"opc.tcp://10.0.0.5:4840/filler\", interval: 250ms}\n");
        out.append("\nmappings:\n");
        for (int n = 0; n < MAPPINGS; n++) {
            String machine = String.format(Locale.ROOT, "Filler%04d", n / 20);
            String topic =
                    String.format(
                            Locale.ROOT,
                            "  acme/prague/bottling/line-%d/filler-%04d/value-%02d: ",
                            n / 2000,
                            n / 20,
                            n % 20);
            String tag = "nsu=urn:acme:filler;s=" + machine + ".Value" + n % 20;
            out.append(topic.stripTrailing());
            if (n % 2 == 0) {
                out.append(" {device: filler, tag: \"").append(tag);
                out.append("\", transform: value - 273.15, round: 2, unit: °C}   # was ");
                out.append(n).append('\n');
            } else {
                out.append("\n    device: filler\n    tag: ").append(tag);
                out.append("\n    transform: value / 1000\n    unit: bar\n");
            }
        }
        return out.toString();
    }
}
