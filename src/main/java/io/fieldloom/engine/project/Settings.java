package io.fieldloom.engine.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the window remembers from one start to the next. Losing it loses comfort, never work.
 *
 * @param theme {@code dark} or {@code light}
 * @param lastProject path of the project that was open last, or null for the demo
 * @param recentProjects paths of the projects that were opened, the newest first
 * @param sizes column widths, divider positions and the window's place, by the name of what they
 *     belong to
 * @param welcomed whether the newcomer's card was closed
 */
public record Settings(
        String theme,
        String lastProject,
        List<String> recentProjects,
        Map<String, List<Double>> sizes,
        boolean welcomed) {
    public static final Settings FIRST = new Settings(null, null, null, null, false);

    private static final int MOST_RECENT = 10;

    public Settings {
        theme = "light".equals(theme) ? "light" : "dark";
        recentProjects = recentProjects == null ? List.of() : known(recentProjects);
        Map<String, List<Double>> own = new TreeMap<>();
        if (sizes != null) {
            sizes.forEach(
                    (name, values) -> {
                        if (values != null && values.stream().allMatch(Objects::nonNull)) {
                            own.put(name, List.copyOf(values));
                        }
                    });
        }
        sizes = Map.copyOf(own);
    }

    private static List<String> known(List<String> paths) {
        return paths.stream()
                .filter(path -> path != null && !path.isBlank())
                .limit(MOST_RECENT)
                .toList();
    }

    public Settings withTheme(String other) {
        return new Settings(other, lastProject, recentProjects, sizes, welcomed);
    }

    /** A project was opened: it is the last one, and first among the recent ones. */
    public Settings withProject(String path) {
        List<String> recent = new ArrayList<>(recentProjects);
        recent.remove(path);
        recent.add(0, path);
        return new Settings(theme, path, recent, sizes, welcomed);
    }

    /** The demo was opened, or a file that is not there any more. */
    public Settings withoutProject(String gone) {
        List<String> recent = new ArrayList<>(recentProjects);
        recent.remove(gone);
        return new Settings(theme, null, recent, sizes, welcomed);
    }

    public Settings withSizes(String name, List<Double> values) {
        Map<String, List<Double>> other = new TreeMap<>(sizes);
        other.put(name, values);
        return new Settings(theme, lastProject, recentProjects, other, welcomed);
    }

    public Settings withWelcomed(boolean seen) {
        return new Settings(theme, lastProject, recentProjects, sizes, seen);
    }
}
