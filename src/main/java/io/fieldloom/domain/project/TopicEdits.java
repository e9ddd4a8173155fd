package io.fieldloom.domain.project;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.namespace.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Edits of mappings and levels, where a key is a topic and a branch is a range of topics. */
final class TopicEdits {
    private TopicEdits() {}

    static String put(Draft draft, Mapping mapping) {
        Mapping old = draft.project().mappings().get(mapping.topic());
        if (old == null) {
            checkTopic(mapping.topic());
        }
        Edits.refuse(Rules.of(mapping), "mapping", mapping.topic());
        if (!mapping.equals(old)) {
            draft.replaceMappings(List.of(), List.of(mapping));
        }
        return (old == null ? "Map " : "Change ") + Topic.name(mapping.topic());
    }

    static String remove(Draft draft, String topic) {
        if (!draft.project().mappings().containsKey(topic)) {
            throw new EditRefused("there is no mapping '" + topic + "'");
        }
        draft.replaceMappings(List.of(topic), List.of());
        return "Delete " + Topic.name(topic);
    }

    static String put(Draft draft, Level level) {
        Level old = draft.project().levels().get(level.topic());
        if (old == null) {
            checkTopic(level.topic());
        }
        Edits.refuse(Rules.of(level), "level", level.topic());
        if (!level.equals(old)) {
            draft.replaceLevels(List.of(), List.of(level));
        }
        return (old == null ? "Add level " : "Change level ") + Topic.name(level.topic());
    }

    static String removeLevel(Draft draft, String topic) {
        if (!draft.project().levels().containsKey(topic)) {
            throw new EditRefused("there is no level entry '" + topic + "'");
        }
        draft.replaceLevels(List.of(topic), List.of());
        return "Delete level " + Topic.name(topic);
    }

    static String removeBranch(Draft draft, String topic) {
        Branch branch = Branch.of(draft.project(), topic);
        draft.replaceMappings(branch.topicsOfMappings(), List.of());
        draft.replaceLevels(branch.topicsOfLevels(), List.of());
        return "Delete " + Topic.name(topic);
    }

    static String move(Draft draft, String from, String to) {
        Branch branch = Branch.of(draft.project(), from);
        if (from.equals(to)) {
            throw new EditRefused("the branch is already called '" + to + "'");
        }
        checkTopic(to);
        Map<String, String> topics = new LinkedHashMap<>();
        List<Mapping> mappings = new ArrayList<>(branch.mappings().size());
        for (Mapping mapping : branch.mappings()) {
            String topic = moved(mapping.topic(), from, to);
            mappings.add(mapping.withTopic(topic));
            topics.put(mapping.topic(), topic);
        }
        Map<String, String> levelTopics = new LinkedHashMap<>();
        List<Level> levels = new ArrayList<>();
        for (Level level : branch.levels()) {
            String topic = moved(level.topic(), from, to);
            levels.add(new Level(topic, level.level()));
            levelTopics.put(level.topic(), topic);
        }
        Project project = draft.project();
        for (String topic : topics.values()) {
            if (project.mappings().containsKey(topic) && !topics.containsKey(topic)) {
                throw taken(topic);
            }
        }
        for (String topic : levelTopics.values()) {
            if (project.levels().containsKey(topic) && !levelTopics.containsKey(topic)) {
                throw taken(topic);
            }
        }
        draft.replaceMappings(List.copyOf(topics.keySet()), mappings);
        draft.replaceLevels(List.copyOf(levelTopics.keySet()), levels);
        if (!topics.isEmpty()) {
            draft.renamed(new Renaming(Section.MAPPINGS, null, topics));
        }
        if (!levelTopics.isEmpty()) {
            draft.renamed(new Renaming(Section.LEVELS, null, levelTopics));
        }
        return Topic.parent(from).equals(Topic.parent(to))
                ? "Rename " + Topic.name(from) + " to " + Topic.name(to)
                : "Move " + Topic.name(from) + " to " + to;
    }

    private static String moved(String topic, String from, String to) {
        String result = to + topic.substring(from.length());
        if (result.length() > Topic.LONGEST) {
            throw new EditRefused(
                    "'" + topic + "' would become longer than " + Topic.LONGEST + " characters");
        }
        return result;
    }

    private static EditRefused taken(String topic) {
        return new EditRefused("'" + topic + "' exists already; choose another name");
    }

    private static void checkTopic(String topic) {
        Topic.fault(topic)
                .ifPresent(
                        fault -> {
                            throw new EditRefused("'" + topic + "' cannot be a topic: " + fault);
                        });
    }

    /** What lies at or below one topic; never empty. */
    private record Branch(List<Mapping> mappings, List<Level> levels) {
        static Branch of(Project project, String topic) {
            if (topic.isEmpty()) {
                throw new EditRefused("choose a branch");
            }
            List<Mapping> mappings = new ArrayList<>();
            List<Level> levels = new ArrayList<>();
            Mapping own = project.mappings().get(topic);
            if (own != null) {
                mappings.add(own);
            }
            mappings.addAll(project.mappingsBelow(topic).values());
            Level ownLevel = project.levels().get(topic);
            if (ownLevel != null) {
                levels.add(ownLevel);
            }
            levels.addAll(project.levelsBelow(topic).values());
            if (mappings.isEmpty() && levels.isEmpty()) {
                throw new EditRefused("there is no topic '" + topic + "'");
            }
            return new Branch(mappings, levels);
        }

        List<String> topicsOfMappings() {
            return mappings.stream().map(Mapping::topic).toList();
        }

        List<String> topicsOfLevels() {
            return levels.stream().map(Level::topic).toList();
        }
    }
}
