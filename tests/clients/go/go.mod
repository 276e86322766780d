// Tests with nats.go: ours, and its own.
//
// `go mod tidy` would drop what only nats.go's own tests need, which no package here imports; afterwards
//
//	go get -t github.com/nats-io/nats.go/jetstream/test@v1.53.1 github.com/nats-io/nats.go/test@v1.53.1
//
// brings it back.
module nats-kv-playground/tests/clients

go 1.25.0

require (
	github.com/nats-io/nats.go v1.53.1
	github.com/synadia-io/orbit.go/ntf-client v0.0.3
)

require (
	github.com/golang/protobuf v1.5.4 // indirect
	github.com/klauspost/compress v1.19.1 // indirect
	github.com/nats-io/jwt/v2 v2.8.3 // indirect
	github.com/nats-io/nkeys v0.4.17 // indirect
	github.com/nats-io/nuid v1.0.1 // indirect
	golang.org/x/crypto v0.54.0 // indirect
	golang.org/x/sys v0.47.0 // indirect
	google.golang.org/protobuf v1.36.12 // indirect
)
