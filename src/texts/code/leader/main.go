// Electing a leader: create elects, a lease ends, and a watcher turns the end into a beginning.
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
	kv := must(js.CreateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: "lesson-election", TTL: 2 * time.Second, LimitMarkerTTL: time.Second,
	}))
	defer js.DeleteKeyValue(ctx, "lesson-election")

	// Both want to lead, and the server lets one.
	mine := must(campaign(kv, "anna"))
	if _, err := campaign(kv, "ben"); errors.Is(err, jetstream.ErrKeyExists) {
		fmt.Println("ben stands by")
	}
	ben := standBy(kv, "ben")

	// A leader who is well renews in time, from its own revision.
	time.Sleep(time.Second)
	mine = must(kv.Update(ctx, "leader", []byte("anna"), mine))
	fmt.Println("anna leads on, revision", mine)

	// It crashes: nobody renews, and two seconds later ben leads.
	theirs := <-ben
	_, err := kv.Update(ctx, "leader", []byte("anna"), mine)
	if errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
		fmt.Println("anna learns that she does not lead any more")
	}

	// A leader who stops on purpose deletes the key, if it is still its own: there is no gap.
	anna := standBy(kv, "anna")
	check(kv.Delete(ctx, "leader", jetstream.LastRevision(theirs)))
	<-anna
}

// campaign tries to become the leader, and returns the revision that proves it.
func campaign(kv jetstream.KeyValue, name string) (uint64, error) {
	revision, err := kv.Create(ctx, "leader", []byte(name))
	if err == nil {
		fmt.Printf("%s leads, revision %d\n", name, revision)
	}
	return revision, err
}

// standBy watches the key, and tries at the moment when it goes away.
func standBy(kv jetstream.KeyValue, name string) <-chan uint64 {
	watcher := must(kv.Watch(ctx, "leader", jetstream.UpdatesOnly()))
	elected := make(chan uint64, 1)
	go func() {
		defer watcher.Stop()
		for entry := range watcher.Updates() {
			if entry.Operation() == jetstream.KeyValuePut {
				continue
			}
			revision, err := campaign(kv, name)
			if errors.Is(err, jetstream.ErrKeyExists) {
				continue // somebody was faster
			}
			check(err)
			elected <- revision
			return
		}
	}()
	return elected
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
