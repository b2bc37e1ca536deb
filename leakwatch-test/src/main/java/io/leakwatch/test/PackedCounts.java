package io.leakwatch.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;

/**
 * A heap profile outside the heap. As a {@link HeapProfile} it would be some ten thousand
 * objects, all of which the next count of the same heap would find.
 */
final class PackedCounts {

	private final ByteBuffer rows;

	private PackedCounts(byte[] rows) {
		this.rows = ByteBuffer.allocateDirect(rows.length).put(rows).flip();
	}

	static PackedCounts of(HeapProfile profile) {
		return of(profile.classes());
	}

	private static PackedCounts of(List<ClassCount> classes) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(packed)) {
			out.writeInt(classes.size());
			for (ClassCount each : classes) {
				out.writeUTF(each.className());
				out.writeLong(each.count());
				out.writeLong(each.shallowBytes());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new PackedCounts(packed.toByteArray());
	}

	/**
	 * The smaller count of each class. A class that one of the two does not name has none
	 * there.
	 */
	PackedCounts least(PackedCounts other) {
		HeapProfile others = other.unpack();
		List<ClassCount> least = new ArrayList<>();
		for (ClassCount each : unpack().classes()) {
			ClassCount there = others.find(each.className());
			if (there != null) {
				least.add((there.count() < each.count()) ? there : each);
			}
		}
		return of(least);
	}

	HeapProfile unpack() {
		List<ClassCount> classes = new ArrayList<>();
		byte[] packed = new byte[this.rows.remaining()];
		this.rows.get(0, packed);
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
			for (int left = in.readInt(); left > 0; left--) {
				classes.add(new ClassCount(in.readUTF(), in.readLong(), in.readLong()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return HeapProfile.of(Instant.EPOCH, classes);
	}

}
