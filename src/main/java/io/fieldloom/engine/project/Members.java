package io.fieldloom.engine.project;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The members of one map in the order of the file. Immutable: an edit copies one chunk of some
 * hundred members and the list of chunks, whatever the number of members.
 */
final class Members {
    private static final int FILLED = 256;
    private static final int FULL = 2 * FILLED;

    static final Members EMPTY = new Members(new Chunk[0]);

    private final Chunk[] chunks;
    private final int size;
    private final int breaks;

    private Members(Chunk[] chunks) {
        this.chunks = chunks;
        int members = 0;
        int lines = 0;
        for (Chunk chunk : chunks) {
            members += chunk.members.length;
            lines += chunk.breaks;
        }
        this.size = members;
        this.breaks = lines;
    }

    static Members of(List<Member> list) {
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += FILLED) {
            chunks.add(
                    new Chunk(
                            list.subList(from, Math.min(from + FILLED, list.size()))
                                    .toArray(Member[]::new)));
        }
        return new Members(chunks.toArray(Chunk[]::new));
    }

    /** Where a member is. Valid for this value of the members only. */
    record Place(int chunk, int index) {}

    private static final class Chunk {
        private final Member[] members;
        private final int[] hashes;
        private final int breaks;

        Chunk(Member[] members) {
            this.members = members;
            this.hashes = new int[members.length];
            int lines = 0;
            for (int at = 0; at < members.length; at++) {
                hashes[at] = members[at].key().hashCode();
                lines += members[at].breaks();
            }
            this.breaks = lines;
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int breaks() {
        return breaks;
    }

    /** The place of a key, or null. */
    Place find(String key) {
        int hash = key.hashCode();
        for (int c = 0; c < chunks.length; c++) {
            int[] hashes = chunks[c].hashes;
            for (int at = 0; at < hashes.length; at++) {
                if (hashes[at] == hash && chunks[c].members[at].key().equals(key)) {
                    return new Place(c, at);
                }
            }
        }
        return null;
    }

    Member get(String key) {
        Place place = find(key);
        return place == null ? null : at(place);
    }

    Member at(Place place) {
        return chunks[place.chunk].members[place.index];
    }

    Place first() {
        return isEmpty() ? null : new Place(0, 0);
    }

    Place last() {
        return isEmpty()
                ? null
                : new Place(chunks.length - 1, chunks[chunks.length - 1].members.length - 1);
    }

    /** The next place, or null at the end. */
    Place after(Place place) {
        if (place.index + 1 < chunks[place.chunk].members.length) {
            return new Place(place.chunk, place.index + 1);
        }
        return place.chunk + 1 < chunks.length ? new Place(place.chunk + 1, 0) : null;
    }

    boolean isFirst(Place place) {
        return place.chunk == 0 && place.index == 0;
    }

    /** The first member whose key matches, or null. */
    Member firstWhere(Predicate<String> matches) {
        for (Chunk chunk : chunks) {
            for (Member member : chunk.members) {
                if (matches.test(member.key())) {
                    return member;
                }
            }
        }
        return null;
    }

    /** The last place whose key matches, or null. */
    Place lastWhere(Predicate<String> matches) {
        for (int c = chunks.length - 1; c >= 0; c--) {
            Member[] members = chunks[c].members;
            for (int at = members.length - 1; at >= 0; at--) {
                if (matches.test(members[at].key())) {
                    return new Place(c, at);
                }
            }
        }
        return null;
    }

    /** Line breaks of all members before a place. */
    int breaksBefore(Place place) {
        int lines = 0;
        for (int c = 0; c < place.chunk; c++) {
            lines += chunks[c].breaks;
        }
        for (int at = 0; at < place.index; at++) {
            lines += chunks[place.chunk].members[at].breaks();
        }
        return lines;
    }

    Members replace(Place place, Member member) {
        Member[] members = chunks[place.chunk].members.clone();
        members[place.index] = member;
        return withChunk(place.chunk, new Chunk(members));
    }

    /** The members with one more after a place; null is before all others. */
    Members insertAfter(Place place, Member member) {
        if (isEmpty()) {
            return of(List.of(member));
        }
        int c = place == null ? 0 : place.chunk;
        int at = place == null ? 0 : place.index + 1;
        Member[] old = chunks[c].members;
        Member[] members = new Member[old.length + 1];
        System.arraycopy(old, 0, members, 0, at);
        members[at] = member;
        System.arraycopy(old, at, members, at + 1, old.length - at);
        if (members.length <= FULL) {
            return withChunk(c, new Chunk(members));
        }
        Chunk[] more = new Chunk[chunks.length + 1];
        System.arraycopy(chunks, 0, more, 0, c);
        more[c] = new Chunk(Arrays.copyOfRange(members, 0, FILLED));
        more[c + 1] = new Chunk(Arrays.copyOfRange(members, FILLED, members.length));
        System.arraycopy(chunks, c + 1, more, c + 2, chunks.length - c - 1);
        return new Members(more);
    }

    Members remove(Place place) {
        Member[] old = chunks[place.chunk].members;
        if (old.length > 1) {
            Member[] members = new Member[old.length - 1];
            System.arraycopy(old, 0, members, 0, place.index);
            System.arraycopy(
                    old, place.index + 1, members, place.index, members.length - place.index);
            return withChunk(place.chunk, new Chunk(members));
        }
        Chunk[] fewer = new Chunk[chunks.length - 1];
        System.arraycopy(chunks, 0, fewer, 0, place.chunk);
        System.arraycopy(chunks, place.chunk + 1, fewer, place.chunk, fewer.length - place.chunk);
        return new Members(fewer);
    }

    private Members withChunk(int at, Chunk chunk) {
        Chunk[] others = chunks.clone();
        others[at] = chunk;
        return new Members(others);
    }

    List<Member> list() {
        List<Member> all = new ArrayList<>(size);
        forEach(all::add);
        return all;
    }

    void forEach(Consumer<Member> each) {
        for (Chunk chunk : chunks) {
            for (Member member : chunk.members) {
                each.accept(member);
            }
        }
    }

    void writeTo(Appendable out) throws IOException {
        for (Chunk chunk : chunks) {
            for (Member member : chunk.members) {
                member.writeTo(out);
            }
        }
    }
}
