package kv

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

func TestPutAndGet(t *testing.T) {
	kv, ctx := bucket(t, Config{})
	_, err := kv.Get(ctx, "a")
	fails(t, err, jetstream.ErrKeyNotFound)
	same(t, must(kv.PutString(ctx, "a", "1"))(t), 1)
	same(t, must(kv.Put(ctx, "b.c-d_e/f=", []byte{0, 255, '\r', '\n'}))(t), 2)
	same(t, must(kv.Put(ctx, "a", nil))(t), 3)

	entry := must(kv.Get(ctx, "b.c-d_e/f="))(t)
	same(t, []string{entry.Bucket(), entry.Key()}, []string{kv.Bucket(), "b.c-d_e/f="})
	same(t, entry.Value(), []byte{0, 255, '\r', '\n'})
	same(t, []uint64{entry.Revision(), entry.Delta()}, []uint64{2, 0})
	same(t, entry.Operation(), jetstream.KeyValuePut)
	if age := time.Since(entry.Created()); age.Abs() > time.Minute {
		t.Fatalf("written %v ago", age)
	}
	same(t, written(must(kv.Get(ctx, "a"))(t)), "3 PUT a=")

	for _, key := range []string{"", ".a", "a.", "a b", "a*", "a>", "é"} {
		_, err := kv.PutString(ctx, key, "1")
		fails(t, err, jetstream.ErrInvalidKey)
		_, err = kv.Get(ctx, key)
		fails(t, err, jetstream.ErrInvalidKey)
	}
}

func TestGetRevision(t *testing.T) {
	kv, ctx := bucket(t, Config{History: 3})
	for i := range 4 {
		must(kv.PutString(ctx, "a", fmt.Sprint(i)))(t)
	}
	must(kv.PutString(ctx, "b", "5"))(t)
	same(t, written(must(kv.GetRevision(ctx, "a", 2))(t)), "2 PUT a=1")
	for _, revision := range []uint64{1, 5, 6} { // fallen out, another key's, none yet
		_, err := kv.GetRevision(ctx, "a", revision)
		fails(t, err, jetstream.ErrKeyNotFound)
	}
}

func TestCreate(t *testing.T) {
	kv, ctx := bucket(t, Config{History: 5})
	same(t, must(kv.Create(ctx, "a", []byte("1")))(t), 1)
	_, err := kv.Create(ctx, "a", []byte("2"))
	fails(t, err, jetstream.ErrKeyExists)
	refused(t, err, 10071, "wrong last sequence: 1")
	ok(t, kv.Delete(ctx, "a"))
	same(t, must(kv.Create(ctx, "a", []byte("3")))(t), 3)
	ok(t, kv.Purge(ctx, "a"))
	same(t, must(kv.Create(ctx, "a", []byte("5")))(t), 5)
	same(t, history(t, kv, "a"), "4 PURGE a=, 5 PUT a=5")
}

func TestUpdate(t *testing.T) {
	kv, ctx := bucket(t, Config{})
	same(t, must(kv.Update(ctx, "a", []byte("1"), 0))(t), 1)
	must(kv.PutString(ctx, "b", "2"))(t)
	same(t, must(kv.Update(ctx, "a", []byte("3"), 1))(t), 3)
	for _, revision := range []uint64{0, 1, 2, 4} {
		_, err := kv.Update(ctx, "a", []byte("no"), revision)
		refused(t, err, 10071, "wrong last sequence: 3")
	}
	_, err := kv.Update(ctx, "none", []byte("no"), 7)
	refused(t, err, 10071, "wrong last sequence: 0")
	same(t, must(kv.PutString(ctx, "a", "4"))(t), 4) // what is refused uses no revision
}

func TestDelete(t *testing.T) {
	kv, ctx := bucket(t, Config{History: 10})
	must(kv.PutString(ctx, "a", "1"))(t)
	ok(t, kv.Delete(ctx, "a"))
	_, err := kv.Get(ctx, "a")
	fails(t, err, jetstream.ErrKeyNotFound)
	must(kv.PutString(ctx, "a", "3"))(t)
	refused(t, kv.Delete(ctx, "a", jetstream.LastRevision(2)), 10071, "wrong last sequence: 3")
	ok(t, kv.Delete(ctx, "a", jetstream.LastRevision(3)))
	ok(t, kv.Delete(ctx, "never"))
	same(t, history(t, kv, "a"), "1 PUT a=1, 2 DEL a=, 3 PUT a=3, 4 DEL a=")
	same(t, history(t, kv, "never"), "5 DEL never=")
}

func TestPurge(t *testing.T) {
	kv, ctx := bucket(t, Config{History: 10})
	must(kv.PutString(ctx, "a", "1"))(t)
	must(kv.PutString(ctx, "a", "2"))(t)
	must(kv.PutString(ctx, "b", "3"))(t)
	refused(t, kv.Purge(ctx, "a", jetstream.LastRevision(1)), 10071, "wrong last sequence: 2")
	ok(t, kv.Purge(ctx, "a", jetstream.LastRevision(2)))
	ok(t, kv.Purge(ctx, "b"))
	same(t, history(t, kv, ">"), "4 PURGE a=, 5 PURGE b=")
	same(t, must(kv.Status(ctx))(t).Values(), 2)
}

func TestPurgeDeletes(t *testing.T) {
	kv, ctx := bucket(t, Config{History: 10})
	for _, key := range []string{"a", "b", "c"} {
		must(kv.PutString(ctx, key, "1"))(t)
	}
	ok(t, kv.Delete(ctx, "a"))
	ok(t, kv.Purge(ctx, "b"))
	ok(t, kv.PurgeDeletes(ctx)) // markers younger than half an hour stay, without what was before
	same(t, history(t, kv, ">"), "3 PUT c=1, 4 DEL a=, 5 PURGE b=")
	ok(t, kv.PurgeDeletes(ctx, jetstream.DeleteMarkersOlderThan(-1)))
	same(t, history(t, kv, ">"), "3 PUT c=1")
}

func TestHistory(t *testing.T) {
	kv, ctx := bucket(t, Config{History: 3})
	for i := range 5 {
		must(kv.PutString(ctx, "a.x", fmt.Sprint(i)))(t)
		must(kv.PutString(ctx, "b", fmt.Sprint(i)))(t)
	}
	same(t, history(t, kv, "a.x"), "5 PUT a.x=2, 7 PUT a.x=3, 9 PUT a.x=4")
	same(t, history(t, kv, "a.*"), "5 PUT a.x=2, 7 PUT a.x=3, 9 PUT a.x=4")
	same(t, history(t, kv, "none"), "")
	entries := must(kv.History(ctx, "b", jetstream.MetaOnly()))(t)
	same(t, len(entries), 3)
	same(t, []uint64{entries[0].Delta(), entries[2].Delta()}, []uint64{2, 0})
	same(t, len(entries[2].Value()), 0)
}

func TestKeys(t *testing.T) {
	kv, ctx := bucket(t, Config{})
	_, err := kv.Keys(ctx)
	fails(t, err, jetstream.ErrNoKeysFound)
	for _, key := range []string{"b", "a.x", "a.y.z", "c", "b"} {
		must(kv.PutString(ctx, key, "1"))(t)
	}
	ok(t, kv.Delete(ctx, "c"))
	same(t, must(kv.Keys(ctx))(t), []string{"a.x", "a.y.z", "b"}) // by revision, not by name

	list := func(filters ...string) (found []string) {
		lister := must(kv.ListKeysFiltered(ctx, filters...))(t)
		for key := range lister.Keys() {
			found = append(found, key)
		}
		return found
	}
	same(t, list("a.*"), []string{"a.x"})
	same(t, list("a.>"), []string{"a.x", "a.y.z"})
	same(t, list("b", "a.y.*"), []string{"a.y.z", "b"})
	same(t, list("a*"), nil) // a wildcard is a whole token
	lister := must(kv.ListKeys(ctx, jetstream.MetaOnly()))(t)
	all := []string{}
	for key := range lister.Keys() {
		all = append(all, key)
	}
	slices.Sort(all)
	same(t, all, []string{"a.x", "a.y.z", "b"})
}

func TestLimits(t *testing.T) {
	nc, js, ctx := connect(t)
	small := must(js.CreateKeyValue(ctx, Config{Bucket: "small_values", MaxValueSize: 10}))(t)
	must(small.Put(ctx, "a", make([]byte, 10)))(t)
	_, err := small.Put(ctx, "a", make([]byte, 11))
	refused(t, err, 10054, "message size exceeds maximum allowed")
	refused(t, small.Delete(ctx, "a"), 10054, "message size exceeds maximum allowed") // headers count too

	full := must(js.CreateKeyValue(ctx, Config{Bucket: "small", MaxBytes: 200}))(t)
	must(full.Put(ctx, "a", make([]byte, 100)))(t)
	_, err = full.Put(ctx, "b", make([]byte, 100))
	refused(t, err, 10077, "maximum bytes exceeded")
	must(full.Put(ctx, "a", make([]byte, 90)))(t)

	big := must(js.CreateKeyValue(ctx, Config{Bucket: "big", Storage: jetstream.MemoryStorage}))(t)
	value := bytes.Repeat([]byte{7}, int(nc.MaxPayload()))
	must(big.Put(ctx, "a", value))(t)
	same(t, must(big.Get(ctx, "a"))(t).Value(), value)
	_, err = big.Put(ctx, "a", append(value, 7))
	fails(t, err, nats.ErrMaxPayload)
}

func TestManyWritersOnOneKey(t *testing.T) {
	kv, ctx := bucket(t, Config{})
	const writers, each = 4, 25
	must(kv.PutString(ctx, "n", "0"))(t)
	done := make(chan error, writers)
	for range writers {
		go func() {
			for added := 0; added < each; {
				entry, err := kv.Get(ctx, "n")
				if err != nil {
					done <- err
					return
				}
				var n int
				fmt.Sscan(string(entry.Value()), &n)
				if _, err = kv.Update(ctx, "n", []byte(fmt.Sprint(n+1)), entry.Revision()); err == nil {
					added++
				}
			}
			done <- nil
		}()
	}
	for range writers {
		ok(t, <-done)
	}
	same(t, written(must(kv.Get(ctx, "n"))(t)), "101 PUT n=100")
}
