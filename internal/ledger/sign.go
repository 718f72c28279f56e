package ledger

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"
)

// Signer signs checkpoints with SM2 over SM3. It is not a certified module:
// where one is required, the key belongs into a hardware device.
type Signer struct {
	name   string
	key    *sm2.PrivateKey
	public []byte // PEM
}

// LoadSigner reads the key file, or makes a key and writes it (mode 0600).
func LoadSigner(path, name string) (*Signer, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newSigner(path, name)
	}
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, fmt.Errorf("signing key %s is not PEM", path)
	}
	key, err := smx509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	k, ok := key.(*sm2.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("signing key %s is not an SM2 key", path)
	}
	return signerOf(k, name)
}

func newSigner(path, name string) (*Signer, error) {
	k, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make signing key: %w", err)
	}
	der, err := smx509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		return nil, fmt.Errorf("make signing key: %w", err)
	}
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		return nil, fmt.Errorf("write signing key: %w", err)
	}
	s, err := signerOf(k, name)
	if err != nil {
		return nil, err
	}
	return s, os.WriteFile(path+".pub", s.public, 0o644)
}

func signerOf(k *sm2.PrivateKey, name string) (*Signer, error) {
	der, err := smx509.MarshalPKIXPublicKey(&k.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("public key: %w", err)
	}
	return &Signer{name: name, key: k, public: pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})}, nil
}

// Public is the public key in PEM, to be published outside the database.
func (s *Signer) Public() []byte { return s.public }

// note is a checkpoint in the signed-note text form: origin, size, root, an
// optional line, an empty line, the signature.
func (s *Signer) note(size int64, root []byte, demo bool) (string, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", s.name, size, base64.StdEncoding.EncodeToString(root))
	if demo {
		text += "演示\n"
	}
	sig, err := s.key.SignWithSM2(rand.Reader, nil, []byte(text))
	if err != nil {
		return "", fmt.Errorf("sign checkpoint: %w", err)
	}
	var hash [4]byte
	sum := sm3.Sum(append([]byte(s.name+"\n"), s.public...))
	binary.BigEndian.PutUint32(hash[:], binary.BigEndian.Uint32(sum[:4]))
	return text + "\n— " + strings.ReplaceAll(s.name, " ", "_") + " " + base64.StdEncoding.EncodeToString(append(hash[:], sig...)) + "\n", nil
}
