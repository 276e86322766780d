// Delete, purge and markers: what each of them leaves behind.
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
	kv := must(js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "lesson-cart", History: 5}))
	defer js.DeleteKeyValue(ctx, "lesson-cart")
	must(kv.Put(ctx, "apples", []byte("2")))
	must(kv.Put(ctx, "apples", []byte("3")))
	watcher := must(kv.Watch(ctx, "apples", jetstream.UpdatesOnly()))
	defer watcher.Stop()

	// A delete writes a marker. Whoever watches is told, and older values stay.
	check(kv.Delete(ctx, "apples"))
	fmt.Println("the watcher is told:", operation(<-watcher.Updates()))
	if _, err := kv.Get(ctx, "apples"); errors.Is(err, jetstream.ErrKeyNotFound) {
		fmt.Println("get: not found")
	}
	fmt.Printf("get revision 2: %s\n", must(kv.GetRevision(ctx, "apples", 2)).Value())
	show(kv)

	// A purge writes a marker too, and removes all that came before it.
	check(kv.Purge(ctx, "apples"))
	fmt.Println("the watcher is told:", operation(<-watcher.Updates()))
	if _, err := kv.GetRevision(ctx, "apples", 2); errors.Is(err, jetstream.ErrKeyNotFound) {
		fmt.Println("get revision 2: not found")
	}

	// A marker is no value, so the key can be created again.
	fmt.Println("create: revision", must(kv.Create(ctx, "apples", []byte("9"))))
	show(kv)

	// Sweep up: old values of deleted keys go, and so do markers older than 30 minutes.
	check(kv.Delete(ctx, "apples"))
	check(kv.PurgeDeletes(ctx))
	show(kv)
}

func show(kv jetstream.KeyValue) {
	fmt.Print("history:")
	for _, entry := range must(kv.History(ctx, "apples")) {
		fmt.Printf(" %d %s", entry.Revision(), operation(entry))
	}
	fmt.Println()
}

func operation(entry jetstream.KeyValueEntry) string {
	switch entry.Operation() {
	case jetstream.KeyValueDelete:
		return "DELETE"
	case jetstream.KeyValuePurge:
		return "PURGE"
	default:
		return "PUT"
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
