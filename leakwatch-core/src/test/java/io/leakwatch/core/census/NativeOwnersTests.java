package io.leakwatch.core.census;

import java.io.FileInputStream;
import java.lang.ref.Cleaner;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeOwners}.
 */
class NativeOwnersTests {

	@ParameterizedTest
	@ValueSource(classes = { Deflater.class, Inflater.class, GZIPOutputStream.class, Image.class, Cleaned.class,
			Session.class, SubImage.class })
	void containWhenAFieldIsAnAddressShouldTell(Class<?> type) {
		assertThat(NativeOwners.contain(type)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { String.class, Object.class, Order.class, FileInputStream.class, Socket.class, Thread.class,
			ByteBuffer.class, Object[].class, int.class, NativeOwnersTests.class })
	void containWhenThereIsNoneShouldNot(Class<?> type) {
		assertThat(NativeOwners.contain(type)).isFalse();
	}

	static class Image {

		long nativeHandle_;

	}

	static final class SubImage extends Image {

	}

	static final class Cleaned {

		Cleaner.@Nullable Cleanable cleanable;

	}

	static final class Session {

		@Nullable Image image;

	}

	static final class Order {

		long id;

		long handled;

		long nextAddressCheck;

		@Nullable String address;

		@Nullable Order next;

		@Nullable Thread worker;

	}

}
