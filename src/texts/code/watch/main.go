// Watching in four ways: what each of them gets first, and what it misses.
package main

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

var ctx = context.Background()

func main() {
	js := connect()
	kv := must(js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "lesson-room", History: 5}))
	defer js.DeleteKeyValue(ctx, "lesson-room")
	put(kv, "temp", "19")
	put(kv, "temp", "20")
	put(kv, "light", "off")

	// From what is so now: the newest entry of each key, then each change.
	watcher := must(kv.WatchAll(ctx))
	show("newest", watcher, 2)
	put(kv, "temp", "21")
	show("a change", watcher, 1)
	check(watcher.Stop())
	put(kv, "temp", "22") // nobody watches

	// Only what is new: the 22 is not shown, and will never be.
	watcher = must(kv.WatchAll(ctx, jetstream.UpdatesOnly()))
	put(kv, "light", "on")
	show("updates only", watcher, 1)
	check(watcher.Stop())

	// Resume: 6 was the last revision that was seen, so begin with 7.
	put(kv, "temp", "23")
	put(kv, "light", "off")
	watcher = must(kv.WatchAll(ctx, jetstream.ResumeFromRevision(7)))
	show("from revision 7", watcher, 2)
	check(watcher.Stop())

	// All that is kept, of one key.
	watcher = must(kv.Watch(ctx, "light", jetstream.IncludeHistory()))
	show("history of light", watcher, 3)
	check(watcher.Stop())

	// Away for too long: the bucket keeps five entries of a key.
	for _, t := range []string{"24", "25", "26", "27", "28"} {
		put(kv, "temp", t)
	}
	watcher = must(kv.Watch(ctx, "temp", jetstream.ResumeFromRevision(1)))
	show("from revision 1", watcher, 5)
	check(watcher.Stop())
}

// show prints the next entries. A nil among them says that all that was there has come.
func show(what string, watcher jetstream.KeyWatcher, count int) {
	fmt.Printf("%s:", what)
	for count > 0 {
		if entry := <-watcher.Updates(); entry != nil {
			fmt.Printf(" %s=%s", entry.Key(), entry.Value())
			count--
		}
	}
	fmt.Println()
}

func put(kv jetstream.KeyValue, key, value string) {
	must(kv.Put(ctx, key, []byte(value)))
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
