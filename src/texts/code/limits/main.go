// Limits and errors: each refusal of the server has a number, and programs look at that.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

var ctx = context.Background()

func main() {
	js := connect()
	defer js.DeleteKeyValue(ctx, "lesson-notes")
	defer js.DeleteKeyValue(ctx, "lesson-small")

	// What a bucket does not take.
	notes := jetstream.KeyValueConfig{Bucket: "lesson-notes", MaxValueSize: 20}
	kv := must(js.CreateKeyValue(ctx, notes))
	_, err := kv.Put(ctx, "long", []byte("call Ann, then Ben, then Carla"))
	show("a value too long", err)

	small := jetstream.KeyValueConfig{Bucket: "lesson-small", MaxBytes: 150}
	kv = must(js.CreateKeyValue(ctx, small))
	must(kv.Put(ctx, "a", []byte("1234567890")))
	must(kv.Put(ctx, "b", []byte("1234567890")))
	_, err = kv.Put(ctx, "c", []byte("1234567890"))
	show("a bucket that is full", err)
	show("a delete in it", kv.Delete(ctx, "a"))

	// Make the bucket larger, and there is room for a delete.
	small.MaxBytes = 1024
	must(js.UpdateKeyValue(ctx, small))
	show("a delete in a larger one", kv.Delete(ctx, "a"))

	// What a request does not get.
	_, err = js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "lesson-small"})
	show("a name that is taken", err)
	_, err = js.Stream(ctx, "KV_lesson-nowhere") // js.KeyValue says ErrBucketNotFound for that
	show("a bucket that is not there", err)
	_, err = kv.Update(ctx, "b", []byte("x"), 1)
	show("another revision", err)

	// Some things the client refuses, and the server never hears of them.
	_, err = kv.Put(ctx, "a key", nil)
	show("a key with a blank", err)
}

// show prints the number of an error, if it has one.
func show(what string, err error) {
	var refused *jetstream.APIError
	switch {
	case err == nil:
		fmt.Printf("%s: stored\n", what)
	case errors.As(err, &refused):
		fmt.Printf("%s: err_code %d\n", what, refused.ErrorCode)
	default:
		fmt.Printf("%s: refused by the client\n", what)
	}
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
