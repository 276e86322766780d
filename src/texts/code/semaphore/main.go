// A semaphore: a key for each place, and whoever creates it has the place.
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

var (
	ctx     = context.Background()
	places  = []string{"slot.1", "slot.2"}
	errFull = errors.New("all places are taken")
)

// place is one that its holder has to renew.
type place struct {
	key, holder string
	revision    uint64
}

func main() {
	js := connect()
	bucket := jetstream.KeyValueConfig{Bucket: "lesson-slots", TTL: 2 * time.Second}
	kv := must(js.CreateKeyValue(ctx, bucket))
	defer js.DeleteKeyValue(ctx, "lesson-slots")

	mine := must(acquire(kv, "you"))
	must(acquire(kv, "other"))
	if _, err := acquire(kv, "third"); errors.Is(err, errFull) {
		fmt.Println("third: all places are taken")
	}

	// You give your place back, and third gets it.
	check(mine.release(kv))
	third := must(acquire(kv, "third"))

	// Other crashes. Third renews its place in time, so that only that of other ends.
	time.Sleep(1200 * time.Millisecond)
	check(third.renew(kv))
	time.Sleep(1200 * time.Millisecond)
	must(acquire(kv, "you"))
}

// acquire tries one place after the other.
func acquire(kv jetstream.KeyValue, holder string) (*place, error) {
	for _, key := range places {
		revision, err := kv.Create(ctx, key, []byte(holder))
		if errors.Is(err, jetstream.ErrKeyExists) {
			continue // taken, or somebody was faster
		} else if err != nil {
			return nil, err
		}
		fmt.Printf("%s: has %s\n", holder, key)
		return &place{key, holder, revision}, nil
	}
	return nil, errFull
}

// renew begins the time of the place anew, or fails if it has ended.
func (p *place) renew(kv jetstream.KeyValue) (err error) {
	p.revision, err = kv.Update(ctx, p.key, []byte(p.holder), p.revision)
	return err
}

// release gives the place back, unless somebody else has it by now.
func (p *place) release(kv jetstream.KeyValue) error {
	fmt.Printf("%s: gives %s back\n", p.holder, p.key)
	return kv.Delete(ctx, p.key, jetstream.LastRevision(p.revision))
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
