// Why a lease is not enough: a sleeper does damage, until the store looks at a token.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

var (
	ctx      = context.Background()
	errStale = errors.New("the token is too old")
)

func main() {
	js := connect()
	lease := jetstream.KeyValueConfig{Bucket: "lesson-locks", TTL: time.Second}
	locks := must(js.CreateKeyValue(ctx, lease))
	defer js.DeleteKeyValue(ctx, "lesson-locks")
	files := must(js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "lesson-files"}))
	defer js.DeleteKeyValue(ctx, "lesson-files")

	// You take the lock and fall asleep, so other gets it. The revision is the token.
	yours := must(locks.Create(ctx, "letter", []byte("you")))
	time.Sleep(1800 * time.Millisecond)
	theirs := must(locks.Create(ctx, "letter", []byte("other")))
	fmt.Printf("your token is %d, that of other is %d\n", yours, theirs)

	// A plain put: whoever wakes up late destroys the work of who holds the lock.
	must(files.Put(ctx, "letter", []byte("by other")))
	must(files.Put(ctx, "letter", []byte("by you")))
	fmt.Printf("without tokens the letter is %s\n", must(files.Get(ctx, "letter")).Value())
	check(files.Purge(ctx, "letter"))

	// A store that looks at the token refuses the older one.
	check(save(files, "letter", theirs, "by other"))
	if err := save(files, "letter", yours, "by you"); errors.Is(err, errStale) {
		fmt.Printf("token %d is too old, %d was here\n", yours, theirs)
	}
	_, text := read(must(files.Get(ctx, "letter")).Value())
	fmt.Printf("with tokens the letter is %s\n", text)
}

// save writes a text with its token, unless a greater token was there before.
func save(files jetstream.KeyValue, key string, token uint64, text string) error {
	value := fmt.Appendf(nil, "%d %s", token, text)
	for {
		entry, err := files.Get(ctx, key)
		if errors.Is(err, jetstream.ErrKeyNotFound) {
			_, err = files.Create(ctx, key, value)
		} else if err == nil {
			if last, _ := read(entry.Value()); token < last {
				return errStale
			}
			_, err = files.Update(ctx, key, value, entry.Revision())
		}
		if errors.Is(err, jetstream.ErrKeyRevisionMismatch) || errors.Is(err, jetstream.ErrKeyExists) {
			continue // somebody came in between: look again
		}
		return err
	}
}

func read(value []byte) (token uint64, text string) {
	number, text, _ := strings.Cut(string(value), " ")
	return must(strconv.ParseUint(number, 10, 64)), text
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
