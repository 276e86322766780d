// Package kv does the whole Key/Value API of nats.go's jetstream package against the server at
// NATS_URL. Every test has buckets of its own, so that all of them share that server.
package kv

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

type (
	Config = jetstream.KeyValueConfig
	KV     = jetstream.KeyValue
)

// soon is how long anything that must happen may take.
const soon = 5 * time.Second

func connect(t *testing.T) (*nats.Conn, jetstream.JetStream, context.Context) {
	t.Helper()
	t.Parallel()
	nc := must(nats.Connect(os.Getenv("NATS_URL")))(t)
	t.Cleanup(nc.Close)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	return nc, must(jetstream.New(nc))(t), ctx
}

// bucket makes one that is named as its test, unless the configuration names it.
func bucket(t *testing.T, cfg Config) (KV, context.Context) {
	t.Helper()
	_, js, ctx := connect(t)
	if cfg.Bucket == "" {
		cfg.Bucket = t.Name()
	}
	return must(js.CreateKeyValue(ctx, cfg))(t), ctx
}

// must is for calls that return a value and an error: must(call())(t).
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		ok(t, err)
		return value
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same[T any](t *testing.T, have, want T) {
	t.Helper()
	if !reflect.DeepEqual(have, want) {
		t.Fatalf("have %+v, want %+v", have, want)
	}
}

func fails(t *testing.T, have error, want error) {
	t.Helper()
	if !errors.Is(have, want) {
		t.Fatalf("have error %v, want %v", have, want)
	}
}

// refused wants an error of the JetStream API.
func refused(t *testing.T, have error, code int, text string) {
	t.Helper()
	var api *jetstream.APIError
	if !errors.As(have, &api) || int(api.ErrorCode) != code || api.Description != text {
		t.Fatalf("have error %v, want %d %s", have, code, text)
	}
}

// eventually asks until it hears yes.
func eventually(t *testing.T, what string, ask func() bool) {
	t.Helper()
	for begin := time.Now(); time.Since(begin) < soon; time.Sleep(10 * time.Millisecond) {
		if ask() {
			return
		}
	}
	t.Fatalf("not within %v: %s", soon, what)
}

// written is an entry as one line: "3 PUT key=value"; "-" ends the initial values of a watcher.
func written(entry jetstream.KeyValueEntry) string {
	if entry == nil {
		return "-"
	}
	op := map[jetstream.KeyValueOp]string{
		jetstream.KeyValuePut: "PUT", jetstream.KeyValueDelete: "DEL", jetstream.KeyValuePurge: "PURGE",
	}[entry.Operation()]
	return fmt.Sprintf("%d %s %s=%s", entry.Revision(), op, entry.Key(), entry.Value())
}

// watched wants a watcher's next entries, and no more for a moment.
func watched(t *testing.T, watcher jetstream.KeyWatcher, want ...string) {
	t.Helper()
	for i, line := range want {
		select {
		case entry, open := <-watcher.Updates():
			if have := written(entry); !open || have != line {
				t.Fatalf("have %q (open: %v), want %q, after %q", have, open, line, want[:i])
			}
		case <-time.After(soon):
			t.Fatalf("nothing came, want %q, after %q", line, want[:i])
		}
	}
	select {
	case entry := <-watcher.Updates():
		t.Fatalf("have %q, want nothing more", written(entry))
	case <-time.After(50 * time.Millisecond):
	}
}

func history(t *testing.T, kv KV, key string) string {
	t.Helper()
	entries, err := kv.History(context.Background(), key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return ""
	}
	ok(t, err)
	lines := []string{}
	for _, entry := range entries {
		lines = append(lines, written(entry))
	}
	return strings.Join(lines, ", ")
}

// connectAgain is a further client of the same test.
func connectAgain(t *testing.T) (*nats.Conn, jetstream.JetStream, context.Context) {
	t.Helper()
	nc := must(nats.Connect(os.Getenv("NATS_URL")))(t)
	t.Cleanup(nc.Close)
	return nc, must(jetstream.New(nc))(t), t.Context()
}

func consumers(t *testing.T, js jetstream.JetStream, stream string) []string {
	t.Helper()
	names := []string{}
	lister := must(js.Stream(t.Context(), stream))(t).ConsumerNames(t.Context())
	for name := range lister.Name() {
		names = append(names, name)
	}
	ok(t, lister.Err())
	return names
}
