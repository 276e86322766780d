// The walkthrough in code: put, get, delete, create, update and watch.
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
	kv := must(js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "lesson-my-kv"}))
	defer js.DeleteKeyValue(ctx, "lesson-my-kv")

	// Put, get, delete.
	fmt.Println("put Key1: revision", must(kv.Put(ctx, "Key1", []byte("Value1"))))
	entry := must(kv.Get(ctx, "Key1"))
	fmt.Printf("get Key1: %s, revision %d\n", entry.Value(), entry.Revision())
	check(kv.Delete(ctx, "Key1"))
	if _, err := kv.Get(ctx, "Key1"); errors.Is(err, jetstream.ErrKeyNotFound) {
		fmt.Println("get Key1: not found, its delete is revision 2")
	}

	// Create: the first one wins. That is a lock.
	revision := must(kv.Create(ctx, "Semaphore1", []byte("Value1")))
	fmt.Println("create Semaphore1: revision", revision)
	_, err := kv.Create(ctx, "Semaphore1", []byte("Value1"))
	if errors.Is(err, jetstream.ErrKeyExists) {
		fmt.Println("create Semaphore1: refused, it exists")
	}

	// Update: only if nobody was faster.
	newer := must(kv.Update(ctx, "Semaphore1", []byte("Value2"), revision))
	fmt.Println("update Semaphore1: revision", newer)
	_, err = kv.Update(ctx, "Semaphore1", []byte("Value3"), revision)
	if errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
		fmt.Printf("update Semaphore1: refused, %d is not the newest\n", revision)
	}

	// Watch: first the newest entry of each key, then nil, then each change.
	watcher := must(kv.WatchAll(ctx))
	defer watcher.Stop()
	for entry := range watcher.Updates() {
		if entry == nil {
			break
		}
		show("is so", entry)
	}
	must(kv.Put(ctx, "Key1", []byte("Value2")))
	show("changes", <-watcher.Updates())
}

func show(when string, entry jetstream.KeyValueEntry) {
	if entry.Operation() == jetstream.KeyValuePut {
		fmt.Printf("watch, %s: %s = %s\n", when, entry.Key(), entry.Value())
	} else {
		fmt.Printf("watch, %s: %s deleted\n", when, entry.Key())
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
