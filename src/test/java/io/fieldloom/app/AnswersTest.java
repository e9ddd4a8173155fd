package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static Answers written(String failure) {
        Answers answers =
                new Answers(
                        new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException(failure);
                            }
                        });
        PrintStream out = new PrintStream(answers);
        out.println("an answer");
        out.flush();
        return answers;
    }

    @Test
    void tellsAFullDiskFromAReaderThatHasSeenEnough() {
        assertThat(written("No space left on device").lost()).contains("No space left on device");
        assertThat(written("Broken pipe").lost()).isEmpty();
    }
}
