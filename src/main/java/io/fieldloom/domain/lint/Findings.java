package io.fieldloom.domain.lint;

import io.fieldloom.domain.project.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * All findings of one value of a project, by what they are about. Immutable.
 *
 * @param at findings by location; what has none is absent
 * @param errors how many are errors
 * @param warnings how many are warnings
 */
public record Findings(PMap<Location, List<Finding>> at, int errors, int warnings) {
    public static final Findings NONE = new Findings(HashTreePMap.empty(), 0, 0);

    private static final Comparator<Location> ORDER =
            Comparator.<Location>comparingInt(
                            location ->
                                    location.section() == null ? -1 : location.section().ordinal())
                    .thenComparing(Location::key);

    /** The findings about one entry or setting. */
    public List<Finding> of(Location location) {
        return at.getOrDefault(location, List.of());
    }

    public boolean isEmpty() {
        return at.isEmpty();
    }

    public int size() {
        return errors + warnings;
    }

    /** All findings: settings, devices, levels, mappings, each by name. */
    public List<Finding> list() {
        List<Location> locations = new ArrayList<>(at.keySet());
        locations.sort(ORDER);
        List<Finding> all = new ArrayList<>(size());
        locations.forEach(location -> all.addAll(at.get(location)));
        return all;
    }

    Findings with(Location location, List<Finding> found) {
        List<Finding> old = of(location);
        if (old.equals(found)) {
            return this;
        }
        int oldErrors = (int) old.stream().filter(Finding::isError).count();
        int newErrors = (int) found.stream().filter(Finding::isError).count();
        return new Findings(
                found.isEmpty() ? at.minus(location) : at.plus(location, List.copyOf(found)),
                errors - oldErrors + newErrors,
                warnings - (old.size() - oldErrors) + (found.size() - newErrors));
    }
}
