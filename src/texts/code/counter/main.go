// A counter for two: with put a visit is lost, with update none is.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

var ctx = context.Background()

func main() {
	you, other := connect(), connect() // two clients, as in the lesson
	must(you.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "lesson-counter"}))
	defer you.DeleteKeyValue(ctx, "lesson-counter")
	mine := must(you.KeyValue(ctx, "lesson-counter"))
	theirs := must(other.KeyValue(ctx, "lesson-counter"))

	// Both read 0, and both put 1.
	must(mine.Put(ctx, "visits", []byte("0")))
	a, b := must(mine.Get(ctx, "visits")), must(theirs.Get(ctx, "visits"))
	must(mine.Put(ctx, "visits", plusOne(a)))
	must(theirs.Put(ctx, "visits", plusOne(b)))
	fmt.Printf("put: 2 visits, the counter says %s\n", must(mine.Get(ctx, "visits")).Value())

	// Both read again, and both update from the revision that they have read.
	a, b = must(mine.Get(ctx, "visits")), must(theirs.Get(ctx, "visits"))
	revision := must(mine.Update(ctx, "visits", plusOne(a), a.Revision()))
	_, err := theirs.Update(ctx, "visits", plusOne(b), b.Revision())
	if errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
		fmt.Printf("update: refused, the key is at revision %d, not %d\n", revision, b.Revision())
	}
	// Whoever was refused reads again and tries again. So both may count at once.
	var both sync.WaitGroup
	for _, kv := range []jetstream.KeyValue{mine, theirs} {
		both.Go(func() {
			for range 10 {
				count(kv)
			}
		})
	}
	both.Wait()
	visits := must(mine.Get(ctx, "visits")).Value()
	fmt.Printf("update: 20 visits more, the counter says %s\n", visits)
}

// count adds one visit, however many others do so at the same moment.
func count(kv jetstream.KeyValue) {
	for {
		seen := must(kv.Get(ctx, "visits"))
		_, err := kv.Update(ctx, "visits", plusOne(seen), seen.Revision())
		if !errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
			check(err)
			return
		}
	}
}

func plusOne(entry jetstream.KeyValueEntry) []byte {
	return strconv.AppendInt(nil, must(strconv.ParseInt(string(entry.Value()), 10, 64))+1, 10)
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
