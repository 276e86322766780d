// Leases: values that end by themselves, unless somebody keeps them alive.
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

	// A bucket that forgets: every value lives for two seconds after its last write.
	lease := jetstream.KeyValueConfig{Bucket: "lesson-rooms", TTL: 2 * time.Second}
	rooms := must(js.CreateKeyValue(ctx, lease))
	defer js.DeleteKeyValue(ctx, "lesson-rooms")
	revision := must(rooms.Create(ctx, "red", []byte("anna")))
	time.Sleep(1200 * time.Millisecond)
	must(rooms.Update(ctx, "red", []byte("anna"), revision)) // two seconds more
	time.Sleep(1200 * time.Millisecond)
	take("room, renewed", rooms, "red")
	time.Sleep(2 * time.Second)
	take("room, not renewed", rooms, "red")

	// A key with a time of its own, and a marker where it ends, for those who watch.
	told := jetstream.KeyValueConfig{Bucket: "lesson-desks", LimitMarkerTTL: 10 * time.Second}
	desks := must(js.CreateKeyValue(ctx, told))
	defer js.DeleteKeyValue(ctx, "lesson-desks")
	watcher := must(desks.WatchAll(ctx, jetstream.UpdatesOnly()))
	must(desks.Create(ctx, "window", []byte("anna"), jetstream.KeyTTL(time.Second)))
	fmt.Printf("desk: %s\n", (<-watcher.Updates()).Value())
	if entry := <-watcher.Updates(); entry.Operation() == jetstream.KeyValuePurge {
		fmt.Println("desk: ended, and the watcher was told")
	}

	// The trap: an update writes another entry, and that one has no time.
	revision = must(desks.Create(ctx, "corner", []byte("anna"), jetstream.KeyTTL(time.Second)))
	revision = must(desks.Update(ctx, "corner", []byte("anna"), revision))
	time.Sleep(2 * time.Second)
	take("desk, after an update", desks, "corner")

	// The cure: a write below the bucket, with the condition and the time in its headers.
	must(js.Publish(ctx, "$KV.lesson-desks.corner", []byte("anna"),
		jetstream.WithExpectLastSequencePerSubject(revision), jetstream.WithMsgTTL(time.Second)))
	time.Sleep(2 * time.Second)
	take("desk, after an update with a time", desks, "corner")
}

// take tells whether ben gets what anna has had.
func take(what string, kv jetstream.KeyValue, key string) {
	if _, err := kv.Create(ctx, key, []byte("ben")); errors.Is(err, jetstream.ErrKeyExists) {
		fmt.Printf("%s: still anna's\n", what)
	} else {
		check(err)
		fmt.Printf("%s: ben has it\n", what)
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
