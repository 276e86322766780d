// What lies beneath: the bucket read and written as the stream that it is.
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
	kv := must(js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "lesson-books", History: 3}))
	defer js.DeleteKeyValue(ctx, "lesson-books")

	// The rules of the bucket are settings of a stream.
	stream := must(js.Stream(ctx, "KV_lesson-books"))
	config := stream.CachedInfo().Config
	fmt.Printf("stream %s, subjects %s, ", config.Name, config.Subjects[0])
	fmt.Printf("%d per subject\n", config.MaxMsgsPerSubject)

	// A key is a subject: a plain message is a put.
	must(js.Publish(ctx, "$KV.lesson-books.emma", []byte("lent")))
	entry := must(kv.Get(ctx, "emma"))
	fmt.Printf("key emma: %s, revision %d\n", entry.Value(), entry.Revision())

	// A revision is the number of a message.
	must(kv.Put(ctx, "dune", []byte("new")))
	message := must(stream.GetMsg(ctx, 2))
	fmt.Printf("message 2: %s on %s\n", message.Data, message.Subject)

	// A get is a request, and its answer has all in its headers.
	subject := "$JS.API.DIRECT.GET.KV_lesson-books.$KV.lesson-books.emma"
	answer := must(js.Conn().Request(subject, nil, time.Second))
	number := answer.Header.Get("Nats-Sequence")
	fmt.Printf("direct get: %s, Nats-Sequence %s\n", answer.Data, number)

	// A delete is a message too.
	check(kv.Delete(ctx, "dune"))
	message = must(stream.GetMsg(ctx, 3))
	operation := message.Header.Get("KV-Operation")
	fmt.Printf("message 3: %d bytes, KV-Operation %s\n", len(message.Data), operation)

	// An update is a message with a condition.
	for _, revision := range []uint64{2, 1} {
		condition := jetstream.WithExpectLastSequencePerSubject(revision)
		ack, err := js.Publish(ctx, "$KV.lesson-books.emma", []byte("back"), condition)
		var refused *jetstream.APIError
		if errors.As(err, &refused) {
			fmt.Printf("expected %d: error %d\n", revision, refused.ErrorCode)
		} else {
			check(err)
			fmt.Printf("expected %d: stored as %d\n", revision, ack.Sequence)
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
