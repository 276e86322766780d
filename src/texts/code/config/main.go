// Configuration with a watcher: follow it, check it, and have a default for what is deleted.
package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

var ctx = context.Background()

// settings are what the program runs with.
type settings struct {
	port  int
	theme string
}

var defaults = settings{port: 80, theme: "plain"}

func main() {
	js := connect()
	bucket := jetstream.KeyValueConfig{Bucket: "lesson-config", History: 5}
	kv := must(js.CreateKeyValue(ctx, bucket))
	defer js.DeleteKeyValue(ctx, "lesson-config")
	must(kv.Put(ctx, "web.port", []byte("8080")))
	must(kv.Put(ctx, "web.theme", []byte("light")))
	must(kv.Put(ctx, "mail.host", []byte("mx1")))

	// The watcher gives all that is so now, then nil, then each change.
	watcher := must(kv.Watch(ctx, "web.>"))
	defer watcher.Stop()
	now := defaults
	for entry := range watcher.Updates() {
		if entry == nil {
			break
		}
		now.apply(entry)
	}
	now.show("begin")
	next := func(what string) {
		now.apply(<-watcher.Updates())
		now.show(what)
	}

	must(kv.Put(ctx, "web.theme", []byte("dark")))
	must(kv.Put(ctx, "mail.host", []byte("mx2"))) // not our business
	next("changed")
	broken := must(kv.Put(ctx, "web.port", []byte("80x80")))
	next("broken")
	// Back to the last good value, as far as the history goes.
	good := must(kv.GetRevision(ctx, "web.port", 1))
	must(kv.Update(ctx, "web.port", good.Value(), broken))
	next("back")
	check(kv.Delete(ctx, "web.theme"))
	next("deleted")
}

func (s settings) show(what string) {
	fmt.Printf("%s: port %d, theme %s\n", what, s.port, s.theme)
}

// apply takes one entry over, unless it makes no sense.
func (s *settings) apply(entry jetstream.KeyValueEntry) {
	value, isDeleted := string(entry.Value()), entry.Operation() != jetstream.KeyValuePut
	switch entry.Key() {
	case "web.port":
		if isDeleted {
			s.port = defaults.port
		} else if port, err := strconv.Atoi(value); err == nil {
			s.port = port
		} else {
			fmt.Printf("%s is no port\n", value)
		}
	case "web.theme":
		s.theme = value
		if isDeleted {
			s.theme = defaults.theme
		}
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
