// Copies: a mirror is read as a stream, sources come together in a bucket.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

var ctx = context.Background()

func main() {
	js := connect()
	create := func(config jetstream.KeyValueConfig) jetstream.KeyValue {
		return must(js.CreateKeyValue(ctx, config))
	}
	for _, bucket := range []string{"orders", "copy", "returns", "all"} {
		defer js.DeleteKeyValue(ctx, "lesson-"+bucket)
	}
	orders := create(jetstream.KeyValueConfig{Bucket: "lesson-orders"})
	must(orders.Put(ctx, "a1", []byte("paid")))

	// A mirror keeps the subjects of its original: look for them in the stream.
	copied := create(jetstream.KeyValueConfig{
		Bucket: "lesson-copy", Mirror: &jetstream.StreamSource{Name: "lesson-orders"},
	})
	stream := must(js.Stream(ctx, "KV_lesson-copy"))
	eventually("paid", func() ([]byte, error) {
		message, err := stream.GetLastMsgForSubject(ctx, "$KV.lesson-orders.a1")
		if err != nil {
			return nil, err
		}
		return message.Data, nil
	})
	fmt.Println("mirror, as a stream: a1 = paid")
	if _, err := copied.Get(ctx, "a1"); errors.Is(err, jetstream.ErrKeyNotFound) {
		fmt.Println("mirror, as a bucket: a1 not found")
	}
	// A mirror takes in nothing else, so the client writes to the original.
	must(copied.Put(ctx, "a2", []byte("new")))
	becomes(orders, "a2", "new")

	// Sources get the subjects of the new bucket, so their keys are found.
	returns := create(jetstream.KeyValueConfig{Bucket: "lesson-returns"})
	must(returns.Put(ctx, "r7", []byte("broken")))
	all := create(jetstream.KeyValueConfig{Bucket: "lesson-all", Sources: []*jetstream.StreamSource{
		{Name: "lesson-orders"}, {Name: "lesson-returns"},
	}})
	becomes(all, "a1", "paid")
	becomes(all, "r7", "broken")

	// Two writers for one key: whatever comes last wins, without a word.
	must(all.Put(ctx, "a1", []byte("lost")))
	must(orders.Put(ctx, "a1", []byte("shipped")))
	becomes(all, "a1", "shipped")

	// The original goes, what was taken in stays.
	check(js.DeleteKeyValue(ctx, "lesson-orders"))
	becomes(all, "a1", "shipped")
}

// becomes waits until a key has a value: copies are a little late.
func becomes(kv jetstream.KeyValue, key, value string) {
	eventually(value, func() ([]byte, error) {
		entry, err := kv.Get(ctx, key)
		if err != nil {
			return nil, err
		}
		return entry.Value(), nil
	})
	fmt.Printf("%s: %s = %s\n", kv.Bucket(), key, value)
}

func eventually(want string, read func() ([]byte, error)) {
	for begin := time.Now(); time.Since(begin) < 10*time.Second; time.Sleep(20 * time.Millisecond) {
		if value, err := read(); err == nil && string(value) == want {
			return
		}
	}
	panic("not there within ten seconds: " + want)
}

func connect() jetstream.JetStream {
	url := cmp.Or(os.Getenv("NATS_URL"), nats.DefaultURL)
	return must(jetstream.New(must(nats.Connect(url))))
}

// An error that is not expected ends the program; what was deferred still runs.
func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}
