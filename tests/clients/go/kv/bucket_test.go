package kv

import (
	"slices"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

func TestCreateWithEveryOption(t *testing.T) {
	_, js, ctx := connect(t)
	cfg := Config{
		Bucket: "every_option", Description: "what it is for", MaxValueSize: 1000, History: 7, TTL: time.Hour,
		MaxBytes: 100_000, Storage: jetstream.MemoryStorage, Replicas: 1,
		Placement: &jetstream.Placement{Cluster: "here", Tags: []string{"a", "b"}},
		RePublish: &jetstream.RePublish{Source: ">", Destination: "every.>", HeadersOnly: true}, Compression: true,
		LimitMarkerTTL: time.Minute, Metadata: map[string]string{"team": "blue"},
	}
	kv := must(js.CreateKeyValue(ctx, cfg))(t)
	same(t, kv.Bucket(), "every_option")
	must(kv.PutString(ctx, "a", "1"))(t)
	must(kv.PutString(ctx, "a", "2"))(t)

	status := must(kv.Status(ctx))(t)
	same(t, status.Bucket(), "every_option")
	same(t, status.Values(), 2)
	same(t, status.History(), 7)
	same(t, status.TTL(), time.Hour)
	same(t, status.BackingStore(), "JetStream")
	same(t, status.IsCompressed(), true)
	same(t, status.LimitMarkerTTL(), time.Minute)
	same(t, status.Metadata()["team"], "blue")
	same(t, status.Bytes(), 2*uint64(len("$KV.every_option.a")+1+16))
	back := status.Config()
	for name := range back.Metadata {
		if name != "team" { // the server's own
			delete(back.Metadata, name)
		}
	}
	same(t, back, cfg)
	must(js.CreateKeyValue(ctx, cfg))(t) // the same once more is no error
}

func TestStreamBehindABucket(t *testing.T) {
	_, js, ctx := connect(t)
	kv := must(js.CreateKeyValue(ctx, Config{Bucket: "behind", History: 3}))(t)
	info := must(kv.Status(ctx))(t).(*jetstream.KeyValueBucketStatus).StreamInfo()
	same(t, info.Config.Name, "KV_behind")
	same(t, info.Config.Subjects, []string{"$KV.behind.>"})
	same(t, info.Config.MaxMsgsPerSubject, 3)
	same(t, info.Config.Discard, jetstream.DiscardNew)
	same(t, info.Config.Duplicates, 2*time.Minute)
	same(t, []bool{info.Config.AllowRollup, info.Config.DenyDelete, info.Config.AllowDirect}, []bool{true, true, true})
	same(t, []int64{info.Config.MaxMsgs, info.Config.MaxBytes, int64(info.Config.MaxMsgSize)}, []int64{-1, -1, -1})
	same(t, info.State.FirstSeq, 0)
	if time.Since(info.Created).Abs() > time.Minute {
		t.Fatalf("created %v", info.Created)
	}
}

func TestRefusedBuckets(t *testing.T) {
	_, js, ctx := connect(t)
	create := func(cfg Config) error { _, err := js.CreateKeyValue(ctx, cfg); return err }
	fails(t, create(Config{Bucket: "not.a.name"}), jetstream.ErrInvalidBucketName)
	fails(t, create(Config{Bucket: "refused", History: 65}), jetstream.ErrHistoryTooLarge)
	refused(t, create(Config{Bucket: "refused", TTL: time.Millisecond}), 10052, "max age needs to be >= 100ms")
	refused(t, create(Config{Bucket: "refused", Replicas: 3}), 10074, "replicas > 1 not supported in non-clustered mode")
	refused(t, create(Config{Bucket: "refused", LimitMarkerTTL: time.Millisecond}), 10052,
		"subject delete marker TTL must be at least 1 second")
	refused(t, create(Config{Bucket: "refused", RePublish: &jetstream.RePublish{Destination: "$KV.refused.x.>"}}), 10052,
		"stream configuration for republish destination forms a cycle")

	ok(t, create(Config{Bucket: "refused"}))
	fails(t, create(Config{Bucket: "refused", History: 2}), jetstream.ErrBucketExists)
	_, err := js.KeyValue(ctx, "nowhere")
	fails(t, err, jetstream.ErrBucketNotFound)
	_, err = js.UpdateKeyValue(ctx, Config{Bucket: "nowhere"})
	fails(t, err, jetstream.ErrBucketNotFound)
	fails(t, js.DeleteKeyValue(ctx, "nowhere"), jetstream.ErrBucketNotFound)
}

func TestUpdateOfABucket(t *testing.T) {
	_, js, ctx := connect(t)
	kv := must(js.CreateOrUpdateKeyValue(ctx, Config{Bucket: "changing", History: 5}))(t)
	for _, value := range []string{"1", "2", "3"} {
		must(kv.PutString(ctx, "a", value))(t)
	}
	kv = must(js.UpdateKeyValue(ctx, Config{Bucket: "changing", History: 2, Description: "changed"}))(t)
	same(t, history(t, kv, "a"), "2 PUT a=2, 3 PUT a=3")
	kv = must(js.CreateOrUpdateKeyValue(ctx, Config{Bucket: "changing", History: 1}))(t)
	same(t, history(t, kv, "a"), "3 PUT a=3")
	same(t, must(kv.Status(ctx))(t).Config().Description, "")
	_, err := js.UpdateKeyValue(ctx, Config{Bucket: "changing", Storage: jetstream.MemoryStorage})
	refused(t, err, 10052, "stream configuration update can not change storage type")
}

func TestListAndDeleteBuckets(t *testing.T) {
	_, js, ctx := connect(t)
	for _, name := range []string{"listed-a", "listed-b", "listed-c"} {
		kv := must(js.CreateKeyValue(ctx, Config{Bucket: name, Description: "of " + name}))(t)
		must(kv.PutString(ctx, "a", "1"))(t)
	}
	must(js.CreateStream(ctx, jetstream.StreamConfig{Name: "no_bucket", Subjects: []string{"no_bucket"}}))(t)
	names := func() (found []string) {
		lister := js.KeyValueStoreNames(ctx)
		for name := range lister.Name() {
			if name[:min(len(name), 6)] == "listed" || name == "no_bucket" {
				found = append(found, name)
			}
		}
		ok(t, lister.Error())
		slices.Sort(found)
		return found
	}
	same(t, names(), []string{"listed-a", "listed-b", "listed-c"})
	ok(t, js.DeleteKeyValue(ctx, "listed-b"))
	same(t, names(), []string{"listed-a", "listed-c"})

	lister := js.KeyValueStores(ctx)
	for status := range lister.Status() {
		if status.Bucket() == "listed-c" {
			same(t, status.Values(), 1)
			same(t, status.Config().Description, "of listed-c")
		}
	}
	ok(t, lister.Error())
	_, err := js.KeyValue(ctx, "listed-b")
	fails(t, err, jetstream.ErrBucketNotFound)
}
