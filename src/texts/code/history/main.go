// Revisions and history: one count for all keys, and the last entries of each.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

var ctx = context.Background()

func main() {
	js := connect()
	kv := must(js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "lesson-books", History: 3}))
	defer js.DeleteKeyValue(ctx, "lesson-books")

	// The revision counts the writes of the bucket, not those of the key.
	must(kv.Put(ctx, "dune", []byte("new")))
	must(kv.Put(ctx, "emma", []byte("new")))
	fmt.Println("the second write of dune is revision", must(kv.Put(ctx, "dune", []byte("lent"))))

	// Of each key, the last three entries are kept.
	must(kv.Put(ctx, "dune", []byte("back")))
	last := must(kv.Put(ctx, "dune", []byte("torn")))
	if _, err := kv.GetRevision(ctx, "dune", 1); errors.Is(err, jetstream.ErrKeyNotFound) {
		fmt.Println("revision 1 is no longer kept")
	}
	show(kv)

	// To go back is to write the old value once more.
	old := must(kv.GetRevision(ctx, "dune", 4))
	must(kv.Update(ctx, "dune", old.Value(), last))
	show(kv)

	// A dot divides a key into parts, and then one can ask for some of them.
	must(kv.Put(ctx, "shelf.top.ulysses", []byte("new")))
	must(kv.Put(ctx, "shelf.low.walden", []byte("new")))
	lister := must(kv.ListKeysFiltered(ctx, "shelf.>"))
	var keys []string
	for key := range lister.Keys() {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		fmt.Println("on the shelf:", key)
	}
}

func show(kv jetstream.KeyValue) {
	fmt.Print("dune:")
	for _, entry := range must(kv.History(ctx, "dune")) {
		fmt.Printf(" %d %s", entry.Revision(), entry.Value())
	}
	fmt.Println()
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
